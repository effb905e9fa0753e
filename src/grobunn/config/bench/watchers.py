"""`grobunn bench live`: many who watch a pitch day, and how long news takes from commit to each of them."""

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections
from django_scopes import scopes_disabled

from grobunn.config import embedded, parts
from grobunn.config.bench import cpu
from grobunn.config.bench.demonstration import lay_out
from grobunn.config.bench.server import running, web_server
from grobunn.config.environment import environment
from grobunn.kernel import live
from grobunn.kernel.live import Ticket
from grobunn.pitching.addresses import watched_part
from grobunn.pitching.live import channel_of, tell_room
from grobunn.pitching.models import PitchDay

Tell = Callable[[str], None]

_LANGUAGES = ("nb", "nn", "en")
# Between two news: as when a team is called, asked and thanked, only faster.
_PAUSE_SECONDS = 1.5
_LATEST_SECONDS = 30.0


class NewsMissing(RuntimeError):  # noqa: N818 -- named for what happened
    """Somebody who watched was not told."""


@dataclass(frozen=True)
class LiveFigures:
    """Seconds from commit to receipt, one for each watcher and piece of news; CPU for each piece of news."""

    watchers: int
    news: int
    seconds: Sequence[float]
    last_seconds: Sequence[float]
    live_cpu_ms: float
    web_cpu_ms: float

    def percentile(self, share: float) -> float:
        """The time within which such a share of all was told, in ms."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure_live(*, watchers: int, news: int, tell: Tell) -> LiveFigures:
    """Let so many watch the pitch day of the demonstration, in three languages, and tell news of it.

    Raises: NewsMissing, PartNotStarted.
    """
    lay_out(tell=tell)
    data_dir = Path(settings.DATA_DIR)
    with scopes_disabled():
        day = PitchDay.objects.select_related("municipality").latest("made_at")
    tickets = [live.signed(Ticket(channel_of(day.pk), watched_part(day), language)) for language in _LANGUAGES]
    connections.close_all()
    os.environ["DATABASE_URL"] = embedded.database_url(data_dir)
    with ExitStack() as stack, (data_dir / "log" / "live.log").open("wb") as log:
        web_pid = stack.enter_context(web_server(data_dir))
        live_pid = stack.enter_context(running(parts.live(environment(), output=log)))
        return asyncio.run(_measured(day, tickets, watchers, news, web_pid=web_pid, live_pid=live_pid))


async def _measured(
    day: PitchDay, tickets: Sequence[str], watchers: int, news: int, *, web_pid: int, live_pid: int
) -> LiveFigures:
    port = environment().live_port_in_use
    watching = [_Watcher(tickets[number % len(tickets)]) for number in range(watchers)]
    await asyncio.gather(*(watcher.open(port) for watcher in watching))
    spent_live, spent_web = cpu.seconds_of(live_pid), cpu.seconds_of(web_pid)
    seconds: list[float] = []
    last: list[float] = []
    for _number in range(news):
        await asyncio.to_thread(_tell, day)
        committed = time.perf_counter()
        heard = [at - committed for at in await asyncio.gather(*(watcher.heard() for watcher in watching))]
        seconds += heard
        last.append(max(heard))
        await asyncio.sleep(_PAUSE_SECONDS)
    spent_live, spent_web = cpu.seconds_of(live_pid) - spent_live, cpu.seconds_of(web_pid) - spent_web
    for watcher in watching:
        watcher.close()
    return LiveFigures(watchers, news, seconds, last, 1000 * spent_live / news, 1000 * spent_web / news)


def _tell(day: PitchDay) -> None:
    tell_room(day.pk)
    connections.close_all()


class _Watcher:
    """One open page. Takes: ticket, as its address carries it."""

    def __init__(self, ticket: str) -> None:
        self._ticket = ticket
        self._heard: asyncio.Queue[float] = asyncio.Queue()
        self._writer: asyncio.StreamWriter | None = None

    async def open(self, port: int) -> None:
        """Come, and be told how it stands."""
        reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
        self._writer.write(f"GET /live/{self._ticket} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        self._reading = asyncio.create_task(self._read(reader))
        await self.heard()

    async def heard(self) -> float:
        """When the next news came. Raises: NewsMissing."""
        try:
            return await asyncio.wait_for(self._heard.get(), _LATEST_SECONDS)
        except TimeoutError as error:
            raise NewsMissing("Somebody who watched was not told within half a minute.") from error

    def close(self) -> None:
        """Leave."""
        self._reading.cancel()
        if self._writer is not None:
            self._writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            if line.startswith(b"event: "):
                self._heard.put_nowait(time.perf_counter())
