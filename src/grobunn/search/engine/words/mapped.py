"""How much of files this process has mapped into its memory. Linux only: elsewhere it looks like nothing, ever."""

import os
from pathlib import Path

_STATM = Path("/proc/self/statm")
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def file_bytes() -> int:
    """Bytes of files that are in this process's memory now: of the index and the model, and of libraries."""
    try:
        return int(_STATM.read_bytes().split()[2]) * _PAGE
    except (OSError, IndexError, ValueError):
        return 0


class Growth:
    """How much more of files is mapped than when it was last begun anew. Takes: most, bytes."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self.begin()

    def begin(self) -> None:
        """Count from what is mapped now."""
        self._began_with = file_bytes()

    def is_much(self) -> bool:
        """Whether it is more than the most. Takes some microseconds."""
        now = file_bytes()
        # What was still in use when it began is given back later.
        self._began_with = min(self._began_with, now)
        return now - self._began_with > self._most
