"""A whole Grobunn for tests that kill its parts: started by the command, in a data folder and on a port of its own."""

import fcntl
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from grobunn.config import embedded

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src"
# Generous: the machine may be busy with other tests.
PATIENCE_SECONDS = 240.0
Prepared = Callable[[str], Path]


# What `grobunn serve` does before it serves, alone.
PREPARE = """
import django
from grobunn.config import embedded, preparation
from grobunn.config.environment import environment

with embedded.running(environment().data_dir):
    django.setup()
    preparation.prepare()
"""

# What `grobunn demo` does besides.
DEMONSTRATE = """
import django
from grobunn.config import demo, embedded
from grobunn.config.environment import environment

with embedded.running(environment().data_dir):
    django.setup()
    demo.load(print)
"""


@pytest.hookimpl(tryfirst=True)  # Before they are put in order.
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/processes/" in item.path.as_posix():
            item.add_marker(pytest.mark.processes)


def eventually(condition: Callable[[], bool], *, within_seconds: float = PATIENCE_SECONDS) -> bool:
    """Whether something comes true in time."""
    deadline = time.monotonic() + within_seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Answer:
    """What the service answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> dict[str, object]:
        return dict(json.loads(self.body))


@dataclass
class Service:
    """One `grobunn serve`, or another command, and what can be asked of it from outside."""

    data_dir: Path
    port: int = field(default_factory=free_port)
    command: tuple[str, ...] = ("serve",)
    settings: dict[str, str] = field(default_factory=dict)
    sources: Path = SOURCES
    process: subprocess.Popen[bytes] | None = None

    def environment(self) -> dict[str, str]:
        """The environment of a machine of its own."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        return {
            **kept,
            "PYTHONPATH": str(self.sources),
            "DATA_DIR": str(self.data_dir),
            "PORT": str(self.port),
            "GROBUNN_WEB_WORKERS": "1",
            # A new installation's model learns for a minute on a core that the tests need.
            "GROBUNN_MEANING": "off",
            **self.settings,
        }

    def start(self) -> None:
        """Start it, not waiting for anything."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        # What a service that was killed left behind says nothing of this one.
        for ready in self.data_dir.glob("processes/*.ready"):
            ready.unlink()
        with (self.data_dir / "output.log").open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "grobunn.config", *self.command],
                env=self.environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one command on the same data folder, to its end."""
        return subprocess.run(
            [sys.executable, "-m", "grobunn.config", *arguments],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def wait_until_ready(self) -> None:
        """Wait until it serves, its worker takes jobs and its indexer follows."""
        parts = [self.data_dir / "processes" / f"{part}.ready" for part in ("worker", "indexer")]
        is_ready = eventually(lambda: self.ended() or (all(part.exists() for part in parts) and self.is_ready()))
        assert is_ready, self.output()
        assert not self.ended(), self.output()

    def is_ready(self) -> bool:
        """Whether it answers that it is ready."""
        try:
            return self.get("/readyz").status == 200
        except (OSError, http.client.HTTPException):
            return False

    def ended(self) -> bool:
        """Whether the supervisor has ended."""
        return self.process is None or self.process.poll() is not None

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        return self.ask("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def ask(self, method: str, path: str, *, body: bytes | None = None, headers: dict[str, str]) -> Answer:
        """Make one request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body=body, headers=headers)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()

    def pid_of(self, part: str) -> int | None:
        """Process id of a part: web, worker, indexer or database."""
        wanted = {"web": "grobunn.config.web_process", "database": "postgres"}.get(part, f"{part}.ready")
        assert self.process is not None
        found = [pid for pid in children_of(self.process.pid) if any(wanted in word for word in command_of(pid))]
        return found[0] if found else None

    def kill(self, part: str) -> int:
        """Kill a part outright. Returns: its process id."""
        pid = self.pid_of(part)
        assert pid is not None, self.output()
        os.kill(pid, signal.SIGKILL)
        return pid

    def output(self) -> str:
        """All that it wrote."""
        return (self.data_dir / "output.log").read_text(encoding="utf-8")

    def lines(self) -> list[dict[str, object]]:
        """Its log, line by line."""
        return [json.loads(line) for line in self.output().splitlines() if line.startswith("{")]

    def end(self) -> None:
        """Stop it if it still runs, whatever state it is in."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        embedded.stop(self.data_dir)


def children_of(pid: int) -> list[int]:
    """Process ids of the children of a process."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, parent = (entry / "stat").read_text().rsplit(")", 1)[1].split()[:2]
            except OSError:
                continue
            if int(parent) == pid and state != "Z":
                found.append(int(entry.name))
    return sorted(found)


def descendants_of(pid: int) -> list[int]:
    """Process ids of all that a process started, directly or not."""
    found = children_of(pid)
    return [*found, *(one for child in found for one in descendants_of(child))]


def command_of(pid: int) -> list[str]:
    """The words that a process was started with."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    except OSError:
        return []


def is_alive(pid: int) -> bool:
    """Whether a process lives and is more than a remembered exit code."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture(scope="session")
def unpacked_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Grobunn as it is installed: a wheel made of the sources, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    made = subprocess.run(build, cwd=ROOT, check=False, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "packages")
    return folder / "packages"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Makes data folders that are ready to be served from, copies of one that is made once for all workers."""
    return _copies_of("prepared", PREPARE, tmp_path_factory, begin_with=lambda _folder: None)


@pytest.fixture(scope="session")
def demonstrated(tmp_path_factory: pytest.TempPathFactory, prepared: Prepared) -> Prepared:
    """Makes data folders that hold the demonstration, copies of one that is made once for all workers."""
    return _copies_of(
        "demonstrated",
        DEMONSTRATE,
        tmp_path_factory,
        begin_with=lambda folder: _copy(prepared("demonstrated"), folder),
    )


def _copies_of(
    name: str, program: str, tmp_path_factory: pytest.TempPathFactory, *, begin_with: Callable[[Path], None]
) -> Prepared:
    """Copies of a data folder that a program fills, by whichever worker comes first."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, unfinished = shared / name, shared / f"{name}-unfinished"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            begin_with(unfinished)
            first = Service(unfinished, settings={"DJANGO_SETTINGS_MODULE": "grobunn.config.settings"})
            made = subprocess.run([sys.executable, "-c", program], env=first.environment(), check=False)
            assert made.returncode == 0
            unfinished.rename(folder)

    def copy(to: str) -> Path:
        copied = tmp_path_factory.mktemp(to) / "data"
        _copy(folder, copied)
        return copied

    return copy


def _copy(folder: Path, to: Path) -> None:
    subprocess.run(["cp", "-a", folder, to], check=True)  # Owners too: the database's is not always ours.


@pytest.fixture(scope="module")
def service(prepared: Prepared) -> Iterator[Service]:
    """A service that runs and is ready; the tests of one file share it and leave it ready."""
    made = Service(prepared("service"))
    made.start()
    try:
        made.wait_until_ready()
        yield made
    finally:
        made.end()
