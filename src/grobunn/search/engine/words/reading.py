"""The index as the processes read it that answer people: opened once, renewed when it changed, never written."""

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import tantivy

from grobunn.search.engine.words.damage import IndexBusy, IndexDamaged, damage
from grobunn.search.engine.words.files import Place, place
from grobunn.search.engine.words.mapped import Growth
from grobunn.search.engine.words.schema import name_analysers

# After an index could not be read, it is not tried again for so long.
_PATIENCE_SECONDS = 2.0
# What was read of the index stays mapped, and counts as memory of each process that read it, until it is closed.
# Opened again it begins with nothing (some milliseconds), while the machine's cache keeps what was read: no question
# goes to the disk for it.
_MAPPED_MOST = 64 * 2**20


class IndexMissing(RuntimeError):  # noqa: N818 -- named for what happened
    """This machine has no index yet, or none that can be read just now."""


@dataclass(frozen=True)
class Opened:
    """An index at one moment: what is asked of it all sees the same documents."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema


@dataclass
class IndexReader:
    """The one reader of a process, for all its threads."""

    place: Place
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _index: tantivy.Index | None = None
    _folder: Path | None = None
    _opened: Opened | None = None
    _seen: tuple[object, ...] = ()
    _tried_at: float = float("-inf")
    _growth: Growth = field(default_factory=lambda: Growth(most=_MAPPED_MOST))

    def opened(self) -> Opened:
        """The index as it is now: two looks at the file system where nothing changed.

        Raises: IndexMissing; IndexDamaged, once, after which it is missing for a while.
        """
        seen = self._look()
        is_heavy = self._growth.is_much()
        opened = self._opened
        if opened is not None and seen == self._seen and not is_heavy:
            return opened
        with self._lock:
            if self._opened is None or seen != self._seen or is_heavy:
                self._renew(seen, is_heavy=is_heavy)
            if self._opened is None:
                raise IndexMissing("There is no index of words on this machine.")
            return self._opened

    def complain(self, reason: str) -> None:
        """Stop using the index, and tell the process that writes it."""
        with self._lock:
            if self._folder is not None:
                self.place.complain(self._folder, reason)
            self._close()
            self._tried_at = time.monotonic()

    def _look(self) -> tuple[object, ...]:
        """What tells one state of the index from another."""
        folder = self._folder
        if folder is None:
            return (_stamp(self.place.current_file),)
        return (_stamp(self.place.current_file), _stamp(folder / "meta.json"))

    def _renew(self, seen: tuple[object, ...], *, is_heavy: bool) -> None:
        if time.monotonic() - self._tried_at < _PATIENCE_SECONDS:
            return
        current = self.place.current()
        try:
            if current is None:
                self._close()
                self._tried_at = time.monotonic()
            elif current == self._folder and self._index is not None and not is_heavy:
                with damage():
                    self._index.reload()
                    self._opened = Opened(self._index.searcher(), self._index.schema)
                self._seen = seen
            else:
                # Given back before it is counted what the next one has; who is asking just now keeps it till then.
                self._index = self._opened = None
                self._open(current)
        except (IndexDamaged, IndexBusy) as error:
            self._close()
            self._tried_at = time.monotonic()
            if isinstance(error, IndexDamaged) and current == self.place.current():
                self.place.complain(current, str(error)) if current is not None else None
            raise IndexMissing(str(error)) from error

    def _open(self, folder: Path) -> None:
        with damage():
            index = tantivy.Index.open(str(folder))
            index.config_reader("manual")
            name_analysers(index)
            self._index, self._folder = index, folder
            # Looked at first: a commit between the two is seen the next time.
            self._seen = self._look()
            index.reload()
            self._opened = Opened(index.searcher(), index.schema)
            self._growth.begin()

    def _close(self) -> None:
        self._index = self._folder = self._opened = None
        self._seen = ()


def _stamp(path: Path) -> tuple[int, ...] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_ino, found.st_mtime_ns, found.st_size)


_reader: IndexReader | None = None
_reader_lock = threading.Lock()


def reader() -> IndexReader:
    """The reader of this process."""
    global _reader  # noqa: PLW0603 -- one per process, made when it is first needed
    with _reader_lock:
        found = place()
        if _reader is None or _reader.place != found:
            _reader = IndexReader(found)
        return _reader
