"""A name for a user who has none on this machine, as in a container that is started under any number.

PostgreSQL asks who it is when it makes its files, and ends if /etc/passwd does not say; the server itself does not ask.
In a user namespace of its own a program is called by another number, one that has a name, while all that it makes
belongs to the user that it really is. Linux lets ordinary users make such namespaces unless the machine's operator
said no, as many container runtimes do.
"""

import ctypes
import os
import pwd
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

CLONE_NEWUSER = 0x10000000  # linux/sched.h


def is_needed() -> bool:
    """Whether this process's user is a number without a name."""
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        return True
    return False


def borrowing() -> Callable[[], None] | None:
    """What a process about to be started does (as `preexec_fn`) to have a name; None where that is not allowed."""
    lender = next((entry for entry in pwd.getpwall() if entry.pw_uid != 0), None)
    if sys.platform != "linux" or lender is None:
        return None
    borrow = partial(_borrow, os.geteuid(), lender.pw_uid, ctypes.CDLL(None, use_errno=True))
    try:
        subprocess.run(["/bin/sh", "-c", ":"], check=True, preexec_fn=borrow)
    except subprocess.SubprocessError:
        return None
    return borrow


def _borrow(own: int, lent: int, library: ctypes.CDLL) -> None:
    if library.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/uid_map").write_text(f"{lent} {own} 1", encoding="ascii")
