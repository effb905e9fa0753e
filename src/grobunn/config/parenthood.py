"""Children that do not outlive their parent: asked of the kernel, so that it holds however the parent goes."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from functools import partial

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def on_parent_death(number: signal.Signals) -> Callable[[], None]:
    """What a process about to be started does (as `preexec_fn`) to get a signal when this process is gone.

    A change of user takes the wish back, so it is uttered after it, which is when `preexec_fn` runs. Our processes that
    start others run no threads, so nothing can be locked halfway in the child.
    """
    return partial(follow, os.getpid(), number)


def follow(parent: int, number: signal.Signals) -> None:
    """Get a signal when the parent is gone. Linux only; elsewhere an orderly stop is what ends the children."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
    if os.getppid() != parent:  # It was gone before the wish was uttered.
        os.kill(os.getpid(), number)
