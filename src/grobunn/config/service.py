"""The service on one machine: its parts put together and run."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grobunn.config import embedded, parts, preparation
from grobunn.config.environment import environment
from grobunn.config.supervisor import Supervisor


class AlreadyServing(RuntimeError):  # noqa: N818 -- named for what happened
    """Another process serves from the same data folder."""


def serve(*, has_worker: bool = True, load: Callable[[], None] = lambda: None, welcome: str = "") -> int:
    """Run the service until it is told to stop.

    Takes:   has_worker, False on a machine that only answers; load, done once before serving; welcome, printed when
             the service answers.
    Returns: the exit code.
    Raises:  AlreadyServing; PartNotStarted if the port is taken.
    """
    settings = environment()
    data_dir = settings.data_dir
    with _only_one(data_dir, is_demo=settings.demo):
        parts.check_port(settings.host, settings.port)
        parts.set_metrics_dir(data_dir)

        def prepare() -> None:
            preparation.prepare()
            load()

        all_parts = [parts.web(settings, before=prepare)]
        if not settings.database_url:
            # The parts must not start a server of their own while the supervisor starts it again.
            os.environ["DATABASE_URL"] = embedded.database_url(data_dir)
            all_parts.insert(0, parts.database(data_dir))
        if settings.live_port_in_use and parts.is_free(settings.host, settings.live_port_in_use):
            all_parts.append(parts.live(settings))
        if has_worker:
            all_parts.append(parts.worker(data_dir))
        if settings.search_engine == "words":
            all_parts.append(parts.indexer(data_dir))
        return Supervisor(all_parts).run(on_ready=lambda: print(welcome, flush=True) if welcome else None)  # noqa: T201


@dataclass(frozen=True)
class Running:
    """The service that runs on a data folder."""

    pid: int
    is_demo: bool


def running(data_dir: Path) -> Running | None:
    """The service that runs on a data folder, or None."""
    try:
        file = _lock_file(data_dir).open(encoding="ascii")
    except FileNotFoundError:
        return None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            pid, _, kind = file.read().partition(" ")
            return Running(pid=int(pid or 0), is_demo=kind == "demo")
    return None


@contextmanager
def _only_one(data_dir: Path, *, is_demo: bool) -> Iterator[None]:
    """Hold the data folder: two services in one would fight over the database."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _lock_file(data_dir).open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            found = running(data_dir)
            raise AlreadyServing(
                f"Grobunn already serves from {data_dir.resolve()}, as process {found.pid if found else '?'}. "
                "Stop that one, or give another folder: DATA_DIR=/path."
            ) from error
        file.truncate(0)
        file.write(f"{os.getpid()} {'demo' if is_demo else 'serve'}")
        file.flush()
        yield


def _lock_file(data_dir: Path) -> Path:
    return data_dir / "serve.lock"
