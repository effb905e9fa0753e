"""The real processes, started as `grobunn serve` starts them."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from grobunn.config import embedded, parts
from grobunn.config.environment import environment
from grobunn.config.supervisor import Part, PartNotStarted


@contextmanager
def web_server(data_dir: Path) -> Iterator[int]:
    """Have the web server answer on this process's port, and stop it afterwards.

    Returns: process id of its main process.
    Raises:  PartNotStarted.
    """
    os.environ["DATABASE_URL"] = embedded.database_url(data_dir)
    # Its log is written as in production: that costs, too.
    os.environ.pop("GROBUNN_LOG_LEVEL", None)
    parts.set_metrics_dir(data_dir)
    log = data_dir / "log" / "web.log"
    with log.open("wb") as output:
        part = parts.web(environment(), before=lambda: None, output=output)
        with running(part, said=lambda: log.read_text(encoding="utf-8", errors="replace")[-2000:]) as pid:
            yield pid


@contextmanager
def running(part: Part, *, said: Callable[[], str] = str) -> Iterator[int]:
    """Have one part run, and stop it afterwards.

    Takes:   said, its last words.
    Returns: its process id.
    Raises:  PartNotStarted.
    """
    process = part.launch()
    try:
        _wait_until_ready(process, part, said)
        yield process.pid
    finally:
        process.send_signal(part.stop_signal)
        try:
            process.wait(part.stop_seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], part: Part, said: Callable[[], str]) -> None:
    deadline = time.monotonic() + part.ready_seconds
    while not part.is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise PartNotStarted(f"The {part.name} did not start.\n{said()}".strip())
        time.sleep(0.05)
