"""The parts of an installation on one machine: database, web server, live service, worker, indexer."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from grobunn.config import embedded, parenthood
from grobunn.config.environment import Environment
from grobunn.config.live.process import STOP_SECONDS as LIVE_STOP_SECONDS
from grobunn.config.supervisor import Part, PartNotStarted
from grobunn.config.web_process import STOP_SECONDS

WORKER_STOP_SECONDS = 20.0  # What a job may take to finish when the worker stops; then it is run again by the next.
TAKE_OVER_SECONDS = 10.0


def database(data_dir: Path) -> Part:
    """The embedded PostgreSQL. One that runs already belongs to a command about to end, or was left behind."""

    def launch() -> subprocess.Popen[bytes]:
        deadline = time.monotonic() + TAKE_OVER_SECONDS
        while embedded.server_pid(data_dir) is not None and time.monotonic() < deadline:
            time.sleep(0.1)
        embedded.stop(data_dir)
        return embedded.launch(data_dir)

    return Part(
        name="database",
        launch=launch,
        is_ready=lambda: embedded.is_running(data_dir),
        ready_seconds=embedded.START_TIMEOUT_SECONDS,
        explain=lambda: embedded.last_words(data_dir),
        stop_signal=signal.SIGINT,  # PostgreSQL's "fast" stop.
        stop_seconds=60.0,
    )


def web(environment: Environment, *, before: Callable[[], None], output: IO[bytes] | None = None) -> Part:
    """The web server.

    Takes: before, what must be done before it serves: migrations, static files; output, where its log goes instead of
           where this process writes.
    """

    return Part(
        name="web",
        launch=lambda: _python("-m", "grobunn.config.web_process", output=output),
        is_ready=lambda: _answers(environment.host, environment.port),
        before=before,
        stop_seconds=STOP_SECONDS + 5.0,
    )


def live(environment: Environment, *, output: IO[bytes] | None = None) -> Part:
    """The live service, which tells open pages what has changed.

    Takes: output, where its log goes, if not where this process's does.
    """
    return Part(
        name="live",
        launch=lambda: _python("-m", "grobunn.config.live.process", output=output),
        is_ready=lambda: _answers(environment.host, environment.live_port_in_use),
        stop_seconds=LIVE_STOP_SECONDS + 2.0,
    )


def worker(data_dir: Path, *, output: IO[bytes] | None = None) -> Part:
    """The worker, which runs the background jobs.

    Takes: output, where its log goes, if not where this process's does.
    """
    ready_file = _processes_dir(data_dir) / "worker.ready"

    def launch() -> subprocess.Popen[bytes]:
        ready_file.unlink(missing_ok=True)
        return _python("-m", "grobunn.config", "worker", "--ready-file", str(ready_file), output=output)

    return Part(
        name="worker",
        launch=launch,
        is_ready=ready_file.exists,
        stop_seconds=WORKER_STOP_SECONDS + 5.0,
    )


def indexer(data_dir: Path, *, output: IO[bytes] | None = None) -> Part:
    """The indexer, which keeps this machine's index of search in step with the database.

    Takes: output, where its log goes, if not where this process's does.
    """
    ready_file = _processes_dir(data_dir) / "indexer.ready"

    def launch() -> subprocess.Popen[bytes]:
        ready_file.unlink(missing_ok=True)
        return _python("-m", "grobunn.config", "search", "follow", "--ready-file", str(ready_file), output=output)

    return Part(name="indexer", launch=launch, is_ready=ready_file.exists)


def _python(*arguments: str, output: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 -- ourselves
        [sys.executable, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,  # A Ctrl-C at the terminal is for the supervisor, which stops all in order.
        preexec_fn=parenthood.on_parent_death(signal.SIGTERM),  # noqa: PLW1509 -- the supervisor runs no threads
    )


def check_port(host: str, port: int) -> None:
    """Refuse a port that is taken; the web server itself would share it with whoever has it.

    Raises: PartNotStarted.
    """
    try:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, kind, protocol, _, address = addresses[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except OSError as error:
        raise PartNotStarted(
            f"Cannot listen on {host}, port {port}: {error.strerror or error}. Is it taken? PORT=8001 names another."
        ) from error


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens on a port."""
    try:
        check_port(host, port)
    except PartNotStarted:
        return False
    return True


def _answers(host: str, port: int) -> bool:
    """Whether the web server serves requests, asked as its neighbour would."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- compared, not listened on
    connection = http.client.HTTPConnection(reachable, port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def set_metrics_dir(data_dir: Path) -> None:
    """Empty the folder where processes lay down their counts for each other, and name it to those to be started."""
    folder = _processes_dir(data_dir) / "metrics"
    folder.mkdir(exist_ok=True, mode=0o700)
    for path in folder.glob("*.db"):
        path.unlink(missing_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def _processes_dir(data_dir: Path) -> Path:
    folder = data_dir.resolve() / "processes"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
