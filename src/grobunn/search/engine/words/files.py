"""Where the index lies on this machine: folders that are made beside each other, and the name of the one in use.

DATA_DIR/search/words-1/current      the name of the folder in use
                        3f2a…/       an index
                        damaged-…/   one that was set aside
                        complaints/  what readers found wrong, by folder
                        follow.lock  held by the one process that keeps the index in use up to date
                        rebuild.lock held by the one that makes a new one
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog
from django.conf import settings

from grobunn.kernel import ids
from grobunn.search.engine.words.schema import VERSION

log = structlog.get_logger("grobunn.search")

_DAMAGED = "damaged-"


class FolderTaken(RuntimeError):  # noqa: N818 -- named for what happened
    """Another process writes the index of this machine."""


@dataclass(frozen=True)
class Place:
    """The folder of all indexes of words of this machine."""

    folder: Path

    @property
    def current_file(self) -> Path:
        return self.folder / "current"

    def current(self) -> Path | None:
        """The index in use; None if there is none."""
        try:
            name = self.current_file.read_text(encoding="ascii").strip()
        except (FileNotFoundError, NotADirectoryError):
            return None
        found = self.folder / name
        return found if name and found.is_dir() else None

    def switch_to(self, index: Path) -> None:
        """Put an index into use, at once and for all readers."""
        draft = self.folder / f"current.{os.getpid()}"
        draft.write_text(index.name, encoding="ascii")
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(self.current_file)

    def retire(self) -> None:
        """Have no index in use, so that PostgreSQL answers alone."""
        self.current_file.unlink(missing_ok=True)

    def new_folder(self) -> Path:
        """An empty folder for an index."""
        folder = self.folder / ids.new_id().hex
        folder.mkdir(parents=True, mode=0o700)
        return folder

    def begun(self) -> list[Path]:
        """Folders of indexes that are not in use, the newest first: those begun and those left behind."""
        current = self.current()
        folders = [path for path in self._folders() if path != current and not path.name.startswith(_DAMAGED)]
        return sorted(folders, key=lambda path: path.stat().st_mtime, reverse=True)

    def damaged(self) -> list[Path]:
        """Folders that were set aside."""
        return sorted(path for path in self._folders() if path.name.startswith(_DAMAGED))

    def set_aside(self, index: Path) -> Path:
        """Keep a damaged index under another name, for whoever wants to know; only the last one is kept."""
        for older in self.damaged():
            shutil.rmtree(older, ignore_errors=True)
        aside = self.folder / f"{_DAMAGED}{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}-{index.name[:8]}"
        index.rename(aside)
        self.complaint_file(index).unlink(missing_ok=True)
        return aside

    def complain(self, index: Path, reason: str) -> None:
        """Tell the process that writes that an index cannot be read. Quiet where even that cannot be written."""
        try:
            self.complaint_file(index).parent.mkdir(mode=0o700, exist_ok=True)
            self.complaint_file(index).write_text(reason, encoding="utf-8")
        except OSError as error:
            log.error("cannot complain about the index", reason=str(error))

    def complaint_file(self, index: Path) -> Path:
        return self.folder / "complaints" / index.name

    @contextmanager
    def held(self, to: str) -> Iterator[None]:
        """Be the one process that does something here; the lock goes with the process, however it ends.

        Takes:  to, "follow" or "rebuild".
        Raises: FolderTaken.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / f"{to}.lock").open("a", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise FolderTaken(f"Another process does that already in {self.folder}: {to}.") from error
            yield

    def _folders(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return [path for path in self.folder.iterdir() if path.is_dir() and path.name != "complaints"]


def place() -> Place:
    """The folder of this machine's indexes."""
    return Place(Path(settings.SEARCH_DIR) / f"words-{VERSION}")
