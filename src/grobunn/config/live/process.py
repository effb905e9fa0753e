"""The live service's process: `python -m grobunn.config.live.process`. One is enough for thousands of open pages."""

import os
import signal
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from grobunn.config import embedded, log_lines, parenthood
from grobunn.config.environment import Environment, environment

STOP_SECONDS = 3


def main() -> None:
    """Serve until told to stop."""
    settings = environment()
    log_lines.configure()
    Granian(
        "grobunn.config.live.process:application",
        address=settings.host,
        port=settings.live_port_in_use,
        interface=Interfaces.ASGI,
        workers=1,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=STOP_SECONDS,
        websockets=False,
        log_level=LogLevels(settings.log_level.lower()),
        log_dictconfig=log_lines.settings(level=settings.log_level, format_name=settings.log_format),
    ).serve(target_loader=partial(_load, os.getpid()), wrap_loader=False)


def _load(main_process: int) -> Any:
    """Runs in the process that answers, which goes when the main process goes."""
    parenthood.follow(main_process, signal.SIGTERM)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grobunn.config.settings")
    from grobunn.config.live.application import Live  # noqa: PLC0415 -- settings named first
    from grobunn.config.live.sources import DatabaseNews, WebParts  # noqa: PLC0415 -- settings named first

    settings = environment()
    return Live(DatabaseNews(_database_url(settings)), WebParts(_web_address(settings), _host(settings)))


def _database_url(settings: Environment) -> str:
    return settings.database_url or embedded.database_url(settings.data_dir)


def _web_address(settings: Environment) -> str:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)  # noqa: S104 -- compared
    return f"http://{reachable}:{settings.port}"


def _host(settings: Environment) -> str:
    return urlsplit(settings.address).netloc


if __name__ == "__main__":
    main()
