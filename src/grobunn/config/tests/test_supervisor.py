"""The supervisor, with small programs for parts."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grobunn.config import supervisor
from grobunn.config.supervisor import Part, Supervisor

pytestmark = pytest.mark.processes

STEADY = "import time; time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"


def part(
    name: str,
    program: str = STEADY,
    *,
    is_ready: Callable[[], bool] = lambda: True,
    stop_seconds: float = 5,
    **more: object,
) -> Part:
    def launch() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.DEVNULL)

    return Part(name=name, launch=launch, is_ready=is_ready, stop_seconds=stop_seconds, **more)  # type: ignore[arg-type]


def later(seconds: float, act: Callable[[], object]) -> None:
    threading.Timer(seconds, act).start()


def stop_later(seconds: float = 0.3) -> None:
    later(seconds, lambda: os.kill(os.getpid(), signal.SIGTERM))


def eventually(condition: Callable[[], bool], *, within_seconds: float = 30) -> bool:
    deadline = time.monotonic() + within_seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_told_to_stop_it_ends_well() -> None:
    assert Supervisor([part("database"), part("web")]).run(on_ready=stop_later) == 0


def test_parts_are_prepared_and_started_in_order() -> None:
    order: list[str] = []
    parts = [part(name, before=lambda name=name: order.append(name)) for name in ("database", "web", "worker")]

    Supervisor(parts).run(on_ready=stop_later)

    assert order == ["database", "web", "worker"]


def test_part_that_ends_at_once_ends_the_service() -> None:
    parts = [part("database"), part("web", "raise SystemExit(3)", is_ready=lambda: False)]

    assert Supervisor(parts).run() == 1


def test_part_killed_while_a_later_one_starts_does_not_end_the_service(tmp_path: Path) -> None:
    ids = tmp_path / "ids"
    first = f"import os; open({str(ids)!r}, 'a').write(f'{{os.getpid()}}\\n'); {STEADY}"

    def is_second_begun() -> bool:
        return ids.exists() and len(ids.read_text().splitlines()) > 1

    def kill_first() -> bool:
        """Never ready while the first is there, which it kills."""
        begun = ids.read_text().splitlines() if ids.exists() else []
        if len(begun) == 1:
            os.kill(int(begun[0]), signal.SIGKILL)
        return is_second_begun()

    def stop_when_back() -> None:
        threading.Thread(
            target=lambda: eventually(is_second_begun) and os.kill(os.getpid(), signal.SIGTERM), daemon=True
        ).start()

    parts = [part("worker", first), part("indexer", is_ready=kill_first)]

    assert Supervisor(parts).run(on_ready=stop_when_back) == 0
    assert len(ids.read_text().splitlines()) == 2


def test_part_that_is_never_ready_ends_the_service() -> None:
    assert Supervisor([part("web", is_ready=lambda: False, ready_seconds=0.3)]).run() == 1


def test_part_that_does_not_stop_is_killed_and_told(tmp_path: Path) -> None:
    assert Supervisor([part("web", DEAF, stop_seconds=0.5)]).run(on_ready=lambda: stop_later(1)) == 1


def test_crashed_part_is_started_again_and_forgiven() -> None:
    starts: list[float] = []

    def launch() -> subprocess.Popen[bytes]:
        starts.append(time.monotonic())
        program = "raise SystemExit(1)" if len(starts) == 1 else STEADY
        return subprocess.Popen([sys.executable, "-c", program])

    web = Part(name="web", launch=launch, is_ready=lambda: True)

    assert Supervisor([web]).run(on_ready=lambda: stop_later(2.5)) == 0
    assert len(starts) == 2
    assert starts[1] - starts[0] >= supervisor.FIRST_WAIT_SECONDS


def test_part_that_keeps_crashing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "FIRST_WAIT_SECONDS", 0.01)
    monkeypatch.setattr(supervisor, "LONGEST_WAIT_SECONDS", 0.02)

    assert Supervisor([part("web", "raise SystemExit(1)")]).run() == 1


def test_later_parts_wait_for_an_earlier_one(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []

    def launch(name: str) -> subprocess.Popen[bytes]:
        order.append(name)
        first = len(order) <= 2
        return subprocess.Popen([sys.executable, "-c", "raise SystemExit(1)" if first else STEADY])

    parts = [
        Part(name=name, launch=lambda name=name: launch(name), is_ready=lambda: True) for name in ("database", "web")
    ]

    Supervisor(parts).run(on_ready=lambda: stop_later(3))

    assert order == ["database", "web", "database", "web"]


def test_error_in_a_preparation_stops_what_was_started() -> None:
    started: list[subprocess.Popen[bytes]] = []

    def launch() -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-c", STEADY]))
        return started[-1]

    def fail() -> None:
        raise ZeroDivisionError

    parts = [Part(name="database", launch=launch, is_ready=lambda: True), part("web", before=fail)]

    with pytest.raises(ZeroDivisionError):
        Supervisor(parts).run()
    assert started[0].poll() is not None
