"""Time that processes spent on a processor, children and those that have ended included. Linux only."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
# linux/posix-timers.h: the clock of another process is named by its id; 2 is the time its threads were scheduled.
_SCHEDULED = 2
_TURNS = 10_000_000


@dataclass(frozen=True)
class Spent:
    """CPU seconds of the web server and of the database server since each began."""

    web: float
    database: float

    def __sub__(self, earlier: "Spent") -> "Spent":
        return Spent(self.web - earlier.web, self.database - earlier.database)


def can_measure() -> bool:
    """Whether this machine tells what processes spend."""
    return (_PROC / "self" / "stat").exists()


def loop_seconds() -> float:
    """What counting to ten million takes: how fast the machine is just now, which no figure tells without."""
    began = time.thread_time()
    turns = 0
    while turns < _TURNS:
        turns += 1
    return time.thread_time() - began


def spent(*, web: int, database: int) -> Spent:
    """What both servers have spent so far. Takes: process ids of their main processes."""
    return Spent(web=seconds_of(web), database=seconds_of(database))


def seconds_of(pid: int) -> float:
    """What a process and all that it started have spent so far."""
    return _seconds_of_tree(pid, _parents())


def descendants(pid: int) -> set[int]:
    """Process ids of all that a process started and that still run."""
    parents = _parents()
    found: set[int] = set()
    waiting = [pid]
    while waiting:
        above = waiting.pop()
        children = {child for child, parent in parents.items() if parent == above} - found
        found |= children
        waiting += children
    return found


def _parents() -> dict[int, int]:
    """Parent by process id, of all processes."""
    found = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            stat = _stat(int(entry.name))
            if stat:
                found[int(entry.name)] = int(stat[1])
    return found


def _seconds_of_tree(pid: int, parents: dict[int, int]) -> float:
    children = [child for child, parent in parents.items() if parent == pid]
    return _seconds(pid) + sum(_seconds_of_tree(child, parents) for child in children)


def _seconds(pid: int) -> float:
    """Of a process itself, to the nanosecond, and of its children that have ended, to the hundredth."""
    stat = _stat(pid)
    if not stat:
        return 0.0
    ended = (int(stat[13]) + int(stat[14])) / os.sysconf("SC_CLK_TCK")
    try:
        return time.clock_gettime((~pid << 3) | _SCHEDULED) + ended
    except OSError:  # It ended just now; the next reading finds its time with its parent.
        return ended


def _stat(pid: int) -> list[str]:
    """Fields of /proc/PID/stat from the state on (proc(5): that is the third)."""
    try:
        return (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rsplit(")", 1)[1].split()
    except OSError:
        return []
