"""The web server: granian's main process, which starts and watches the processes that answer.

`python -m grobunn.config.web_process`. Each answering process holds one Django and one connection to the database per
thread. Threads are few: Python runs one at a time, and they only cover for each other while one waits for the database.
"""

import gc
import os
import signal
from collections.abc import Callable
from functools import partial
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from grobunn.config import log_lines, parenthood
from grobunn.config.environment import environment

STOP_SECONDS = 10  # What a request may take to finish when the server stops.
# Granian ends idle threads, and a thread takes its database connection along: ten minutes is the longest it allows.
IDLE_SECONDS = 600
# New objects between two looks for garbage: Python's own 700 is a dozen looks a page.
GARBAGE_THRESHOLD = 10_000


def main() -> None:
    """Serve until told to stop."""
    settings = environment()
    log_lines.configure()
    server = Granian(
        "grobunn.config.wsgi:application",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.web_workers,
        blocking_threads=settings.web_threads,
        blocking_threads_idle_timeout=IDLE_SECONDS,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=STOP_SECONDS,
        websockets=False,
        log_level=LogLevels(settings.log_level.lower()),
        log_dictconfig=log_lines.settings(level=settings.log_level, format_name=settings.log_format),
    )
    server.serve(target_loader=partial(_load, os.getpid()), wrap_loader=False)


def _load(main_process: int) -> Callable[..., Any]:
    """Runs in each answering process, which goes when the main process goes, even if that one is killed."""
    parenthood.follow(main_process, signal.SIGTERM)
    from grobunn.config.wsgi import application  # noqa: PLC0415 -- app ready

    look_seldom_for_garbage()
    return application


def look_seldom_for_garbage() -> None:
    """What is loaded now stays: looking through all of it again and again costs a twentieth of each page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD)


if __name__ == "__main__":
    main()
