"""What goes wrong inside the index, under one name."""

from collections.abc import Iterator
from contextlib import contextmanager


class IndexDamaged(RuntimeError):  # noqa: N818 -- named for what happened
    """The index cannot be read or written; the message says why."""


class IndexBusy(RuntimeError):  # noqa: N818 -- named for what happened
    """Another process writes the index at this moment."""


# The library is written in Rust; where it gives up entirely, it raises a class of its own that is no Exception.
_PANIC = "PanicException"
_BUSY = "LockBusy"


@contextmanager
def damage() -> Iterator[None]:
    """Turn whatever the library raises into IndexDamaged, or IndexBusy."""
    try:
        yield
    except IndexDamaged:
        raise
    except (ValueError, OSError, RuntimeError, SystemError, KeyError) as error:
        if _BUSY in str(error):
            raise IndexBusy(str(error)) from error
        raise IndexDamaged(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise IndexDamaged(str(error)) from error
