"""The supervisor: starts the parts of a service in order, starts a crashed one again, stops all in the reverse order.

It does nothing else and holds no connection, so that little can go wrong in it. Should it be killed all the same, the
parts end by themselves (`parenthood`).
"""

import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

import structlog

log = structlog.get_logger("grobunn.supervisor")

FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
STEADY_SECONDS = 60.0  # A part that ran this long is well again: its next crash is its first.
MOST_CRASHES_IN_A_ROW = 10  # About three minutes. Then the whole service ends, for whoever watches it to see.
POLL_SECONDS = 0.05


class PartNotStarted(RuntimeError):  # noqa: N818 -- named for what happened
    """A part that was not ready in time or ended at once; the message says why."""


@dataclass(frozen=True)
class Part:
    """One process of the service.

    Takes: launch, starts it as a child of this process; is_ready, whether it does its work yet, asked again and again
           for ready_seconds; explain, its last words; before, what must be done once before its first start;
           stop_signal and stop_seconds, how it is asked to end and how long it may take.
    """

    name: str
    launch: Callable[[], subprocess.Popen[bytes]]
    is_ready: Callable[[], bool]
    ready_seconds: float = 60.0
    explain: Callable[[], str] = str
    before: Callable[[], None] = lambda: None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 30.0


@dataclass
class _Running:
    """A part and how it is doing."""

    part: Part
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    crashes: int = 0
    restart_at: float = field(default=float("inf"))

    def is_gone(self) -> bool:
        """Whether its process has ended or was never started."""
        return self.process is None or self.process.poll() is not None


class Supervisor:
    """Runs the parts until it is told to stop or gives up."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._running = [_Running(part) for part in parts]
        self._is_asked_to_stop = False

    def run(self, *, on_ready: Callable[[], None] = lambda: None) -> int:
        """Serve until SIGTERM, SIGINT or SIGHUP.

        Returns: 0 after an orderly stop; 1 if a part did not start, crashed too often, or had to be killed.
        """
        is_well = is_orderly = False
        with _signals(self._ask_to_stop) as wake_up:
            try:
                is_well = self._start_all()
                if is_well and not self._is_asked_to_stop:
                    on_ready()
                    is_well = self._watch(wake_up)
            finally:
                is_orderly = self._stop_all()
        return 0 if is_well and is_orderly else 1

    def _ask_to_stop(self) -> None:
        self._is_asked_to_stop = True

    def _start_all(self) -> bool:
        """Start the parts in order. One that ends by itself is misconfigured and ends the service; one that somebody
        killed meanwhile, and those that waited for it, are left to the watch.
        """
        for running in self._running:
            if self._is_asked_to_stop:
                return True
            try:
                running.part.before()
                self._launch(running)
            except (PartNotStarted, OSError, RuntimeError) as error:
                if not self._is_killed_up_to(running):
                    log.error("could not start", part=running.part.name, reason=str(error))
                    return False
        return True

    def _is_killed_up_to(self, last: _Running) -> bool:
        """Whether somebody killed a part, or one of those that were started before it."""
        begun = self._running[: self._running.index(last) + 1]
        return any(each.process is not None and (each.process.poll() or 0) < 0 for each in begun)

    def _launch(self, running: _Running) -> None:
        part = running.part
        running.restart_at = float("inf")
        running.started_at = time.monotonic()
        running.process = part.launch()
        while not part.is_ready():
            if self._is_asked_to_stop:
                return
            if running.process.poll() is not None:
                raise PartNotStarted(f"{_ending(running.process.returncode)}\n{part.explain()}".strip())
            if any(earlier.is_gone() for earlier in self._running[: self._running.index(running)]):
                raise PartNotStarted("what it needs ended meanwhile")
            if time.monotonic() - running.started_at > part.ready_seconds:
                raise PartNotStarted(f"not ready after {part.ready_seconds:g} seconds\n{part.explain()}".strip())
            time.sleep(POLL_SECONDS)
        log.info("started", part=part.name, pid=running.process.pid)

    def _watch(self, wake_up: int) -> bool:
        """Look after the parts. Returns: False if it is given up."""
        while not self._is_asked_to_stop:
            for running in self._running:
                self._look_at(running)
                if running.crashes > MOST_CRASHES_IN_A_ROW:
                    log.error("crashed too often, giving up", part=running.part.name)
                    return False
                if running.process is None:  # Those after it need it.
                    break
            pause = min(running.restart_at for running in self._running) - time.monotonic()
            select.select([wake_up], [], [], max(POLL_SECONDS, min(pause, 5.0)))
            _drain(wake_up)
        return True

    def _look_at(self, running: _Running) -> None:
        process = running.process
        if process is not None and process.poll() is not None:
            running.process = None
            self._note_crash(running, _ending(process.returncode))
        if running.process is None and time.monotonic() >= running.restart_at and not self._is_asked_to_stop:
            try:
                self._launch(running)
            except (PartNotStarted, OSError, RuntimeError) as error:
                _end(running.process, signal.SIGKILL, 0)
                running.process = None
                self._note_crash(running, str(error))

    def _note_crash(self, running: _Running, reason: str) -> None:
        now = time.monotonic()
        if now - running.started_at > STEADY_SECONDS:
            running.crashes = 0
        wait = min(FIRST_WAIT_SECONDS * 2**running.crashes, LONGEST_WAIT_SECONDS)
        running.crashes += 1
        running.restart_at = now + wait
        log.error("ended unexpectedly", part=running.part.name, reason=reason, restart_in_seconds=wait)

    def _stop_all(self) -> bool:
        """End the parts in the reverse order of their start. Returns: whether none had to be killed."""
        is_orderly = True
        for running in reversed(self._running):
            part, process = running.part, running.process
            if process is None or process.poll() is not None:
                continue
            if _end(process, part.stop_signal, part.stop_seconds):
                log.info("stopped", part=part.name)
            else:
                is_orderly = False
                log.error("did not stop in time and was killed", part=part.name, after_seconds=part.stop_seconds)
        return is_orderly


def _end(process: subprocess.Popen[bytes] | None, number: signal.Signals, seconds: float) -> bool:
    """Ask a process to end and wait. Returns: False if it had to be killed after that."""
    if process is None or process.poll() is not None:
        return True
    process.send_signal(number)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False
    return True


def _ending(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


@contextmanager
def _signals(ask_to_stop: Callable[[], None]) -> Iterator[int]:
    """Turn the signals that concern us into something to wait for: a byte in a pipe."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)

    def stop(number: int, frame: FrameType | None) -> None:
        ask_to_stop()

    def wake(number: int, frame: FrameType | None) -> None:
        """A handler must be there for the byte to be written."""

    handlers = {**dict.fromkeys((signal.SIGTERM, signal.SIGINT, signal.SIGHUP), stop), signal.SIGCHLD: wake}
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    try:
        yield reader
    finally:
        signal.set_wakeup_fd(-1)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(reader)
        os.close(writer)


def _drain(pipe: int) -> None:
    try:
        while os.read(pipe, 4096):
            pass
    except BlockingIOError:
        return
