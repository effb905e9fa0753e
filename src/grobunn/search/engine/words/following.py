"""The indexer: keeps this machine's index in step with the database, and makes it anew where that cannot be done.

Nothing that goes wrong here ends it: it says so in the log and tries again, while PostgreSQL answers alone.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import structlog
from django.db import DatabaseError, connection
from psycopg import sql
from psycopg.conninfo import make_conninfo

from grobunn.search.engine.words import building, feed
from grobunn.search.engine.words.damage import IndexBusy, IndexDamaged
from grobunn.search.engine.words.files import FolderTaken, Place
from grobunn.search.engine.words.writing import IndexWriter, Position, position_in

log = structlog.get_logger("grobunn.search")

CHANNEL = "search_change"
_POLL_SECONDS = 1.0
# Small commits are frequent: one thread, so that each leaves one small segment to be merged.
_MEMORY_MIB = 32
# The position moves on without documents now and then, so that a quiet installation never falls behind the feed.
_POSITION_SECONDS = 3600.0
_TIDY_SECONDS = 300.0
_TAKEN_SECONDS = 5.0
# An index that readers complain about again and again is not made anew without end.
_REBUILD_SECONDS = 60.0


class _Stopped(Exception):  # noqa: N818 -- named for what happened
    """Told to stop while making an index; the next one carries on."""


@dataclass
class Follower:
    """Follows the feed.

    Takes: is_stopped, asked between steps; on_ready, called when following begins.
    """

    place: Place
    is_stopped: Callable[[], bool] = lambda: False
    on_ready: Callable[[], object] = lambda: None
    _writer: IndexWriter | None = None
    _ahead: dict[int, int] = field(default_factory=dict)
    _listening: psycopg.Connection | None = None
    _committed_at: float = 0.0
    _tidied_at: float = 0.0
    _rebuilt_at: float = float("-inf")

    def run(self) -> None:
        """Follow until stopped; while another process follows into the same folder, wait for its end."""
        self.on_ready()
        while not self.is_stopped():
            try:
                with self.place.held("follow"):
                    self._follow()
            except FolderTaken as taken:
                log.warning("waiting", reason=str(taken))
                time.sleep(_TAKEN_SECONDS)

    def _follow(self) -> None:
        try:
            while not self.is_stopped():
                self._step_or_wait()
        except _Stopped:
            log.info("stopped while making the index of words")
        finally:
            self.close()
            self._hang_up()

    def step(self) -> int:
        """Take up what is waiting now. Returns: how many documents were looked at."""
        writer = self._open()
        taken_up = 0
        is_all = False
        while not is_all and writer.position is not None and not self.is_stopped():
            changes = feed.changes_after(writer.position.point, ahead=self._ahead)
            if changes.document_ids or time.monotonic() - self._committed_at > _POSITION_SECONDS:
                writer.take_up(changes.document_ids)
                writer.commit(Position(writer.position.identity, *changes.point))
                self._committed_at = time.monotonic()
            self._ahead = dict(changes.ahead)
            taken_up += len(changes.document_ids)
            is_all = changes.is_all
        return taken_up

    @property
    def writes_into(self) -> Path | None:
        """The index that is kept in step."""
        return None if self._writer is None else self._writer.folder

    @property
    def position(self) -> Position | None:
        """Where the index in use stands."""
        return None if self._writer is None else self._writer.position

    def _step_or_wait(self) -> None:
        try:
            self._listen()
            self.step()
            self._tidy()
            self._sleep()
        except (DatabaseError, psycopg.Error) as error:
            log.warning("the database is away", reason=str(error).strip())
            self._hang_up()
            self.close()  # What comes back may be another database: the index is asked anew whether it is of that one.
            connection.close()
            time.sleep(_POLL_SECONDS)
        except IndexDamaged as error:
            self._give_up(str(error))
        except (FolderTaken, IndexBusy):
            time.sleep(_POLL_SECONDS)  # Somebody makes a new index just now.

    def _open(self) -> IndexWriter:
        """The writer of the index in use, which may have been changed; made anew where there is none to follow."""
        current = self.place.current()
        if self._writer is not None and self._writer.folder != current:
            self.close()
        if current is not None and self.place.complaint_file(current).exists():
            raise IndexDamaged(self.place.complaint_file(current).read_text(encoding="utf-8"))
        if self._writer is None and current is not None:
            self._writer = IndexWriter(current, memory_mib=_MEMORY_MIB, threads=1)
            self._ahead = {}
            self._committed_at = time.monotonic()
            if self._writer.position is None or not building.is_followed(self._writer.position):
                log.warning("the index is of another time or another database: it is made anew")
                self.close()
                self.place.retire()
        if self._writer is None:
            self._rebuild()
            return self._open()
        return self._writer

    def _rebuild(self) -> None:
        self._rebuilt_at = time.monotonic()
        log.info("making the index of words")
        added = building.build(self.place, tell=self._stop_here)
        log.info("the index of words is made", documents=added)

    def _stop_here(self, _count: int) -> None:
        if self.is_stopped():
            raise _Stopped

    def _give_up(self, reason: str) -> None:
        """Let go of an index that could not be written; put it out of the way if it cannot be read either."""
        self.close()
        current = self.place.current()
        if current is None or self._can_be_read(current):
            log.error("cannot write the index", reason=reason)
        elif time.monotonic() - self._rebuilt_at > _REBUILD_SECONDS:
            aside = self.place.set_aside(current)
            log.error("the index is damaged and was set aside", reason=reason, folder=str(aside))
            return
        time.sleep(_POLL_SECONDS)

    def _can_be_read(self, index: Path) -> bool:
        return not self.place.complaint_file(index).exists() and position_in(index) is not None

    def _listen(self) -> None:
        if self._listening is None or self._listening.closed:
            self._listening = psycopg.connect(make_conninfo(**_address()), autocommit=True)
            self._listening.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))

    def _sleep(self) -> None:
        """Wait until something changes, at most a second."""
        if self._listening is not None:
            for _notice in self._listening.notifies(timeout=_POLL_SECONDS, stop_after=1):
                return

    def _tidy(self) -> None:
        if time.monotonic() - self._tidied_at > _TIDY_SECONDS:
            self._tidied_at = time.monotonic()
            building.tidy(self.place)

    def _hang_up(self) -> None:
        if self._listening is not None:
            self._listening.close()
        self._listening = None

    def close(self) -> None:
        """Let go of the index."""
        writer, self._writer = self._writer, None
        if writer is not None:
            try:
                writer.close()
            except IndexDamaged as error:
                log.warning("the index could not be closed", reason=str(error))


def _address() -> dict[str, str]:
    """Where the database is, for a connection that only listens."""
    known = connection.settings_dict
    wanted = {
        "dbname": known["NAME"], "user": known["USER"], "password": known["PASSWORD"],
        "host": known["HOST"], "port": known["PORT"], **known["OPTIONS"],
    }  # fmt: skip
    return {name: str(value) for name, value in wanted.items() if value not in ("", None)}
