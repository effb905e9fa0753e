"""The real web server, started as `grobunn serve` starts it; no worker, so that nothing else runs."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from grobunn.config import embedded, parts
from grobunn.config.environment import environment
from grobunn.config.supervisor import PartNotStarted

_LOG = "web.log"


@contextmanager
def web_server(data_dir: Path) -> Iterator[int]:
    """Have the web server answer on this process's port, and stop it afterwards.

    Returns: process id of its main process.
    Raises:  PartNotStarted.
    """
    os.environ["DATABASE_URL"] = embedded.database_url(data_dir)
    # Its log is written as in production: that costs, too.
    del os.environ["GROBUNN_LOG_LEVEL"]
    parts.set_metrics_dir(data_dir)
    log = data_dir / "log" / _LOG
    with log.open("wb") as output:
        part = parts.web(environment(), before=lambda: None, output=output)
        process = part.launch()
        try:
            _wait_until_ready(process, part.is_ready, log, part.ready_seconds)
            yield process.pid
        finally:
            process.send_signal(part.stop_signal)
            try:
                process.wait(part.stop_seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], is_ready: Callable[[], bool], log: Path, within: float) -> None:
    deadline = time.monotonic() + within
    while not is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise PartNotStarted(f"The web server did not start.\n{said}")
        time.sleep(0.05)
