"""Answers `/live/<ticket>` with a stream of server-sent events.

Two events: `part` with the HTML of the page's changing part, fetched from the web server once for all who watch the
same in the same language; and `look`, which asks a page to read its own part. A connection begins with one of them, so
that whoever was away is right at once.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol

import structlog

from grobunn.kernel.live import Ticket, ticket_of

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PATH = "/live/"
MOST_WATCHERS = 4000
# Proxies end connections on which nothing is said.
HEARTBEAT_SECONDS = 20.0
# What a browser waits before it comes again.
RETRY_MILLISECONDS = 2000
LOOK = b"event: look\ndata: \n\n"

_log = structlog.get_logger("grobunn.live")


class Parts(Protocol):
    """Reads the changing part of a page."""

    async def read(self, part: str, language: str) -> str | None:
        """Its HTML, None where it cannot be read now."""


class News(Protocol):
    """Tells which channels have news."""

    async def follow(self, tell: Callable[[str], None], tell_all: Callable[[], None]) -> None:
        """Call `tell` for each channel with news, `tell_all` when some may have been missed; never returns."""


class Live:
    """The ASGI application.

    Takes: news, where news comes from; parts, how parts of pages are read.
    """

    def __init__(self, news: News, parts: Parts) -> None:
        self._news = news
        self._parts = parts
        self._watchers: dict[Ticket, set[_Watcher]] = defaultdict(set)
        self._changed: set[str] = set()
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    @property
    def watching(self) -> int:
        """How many connections are open."""
        return sum(map(len, self._watchers.values()))

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._tasks = [
                    asyncio.create_task(self._news.follow(self._tell, self._tell_all)),
                    asyncio.create_task(self._spread()),
                ]
                await send({"type": "lifespan.startup.complete"})
            else:
                for task in self._tasks:
                    task.cancel()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path == "/healthz":
            await _say(send, 200, f"watching {self.watching}\n")
            return
        ticket = ticket_of(path.removeprefix(PATH)) if path.startswith(PATH) else None
        if ticket is None:
            await _say(send, 404, "No such ticket, or it is too old: load the page again.\n")
        elif self.watching >= MOST_WATCHERS:
            await _say(send, 503, "Too many watch at the moment.\n")
        else:
            await self._stream(ticket, receive, send)

    async def _stream(self, ticket: Ticket, receive: Receive, send: Send) -> None:
        watcher = _Watcher()
        self._watchers[ticket].add(watcher)
        gone = asyncio.create_task(_until_gone(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _STREAM_HEADERS})
            await _send(send, f"retry: {RETRY_MILLISECONDS}\n\n".encode())
            await _send(send, await self._event(ticket))
            while not gone.done():
                event = await watcher.next_event(gone)
                if event is not None:
                    await _send(send, event)
        except OSError:
            pass  # The connection broke while we spoke.
        finally:
            gone.cancel()
            self._watchers[ticket].discard(watcher)
            if not self._watchers[ticket]:
                del self._watchers[ticket]

    def _tell(self, channel: str) -> None:
        self._changed.add(channel)
        self._wake.set()

    def _tell_all(self) -> None:
        for ticket in self._watchers:
            self._changed.add(ticket.channel)
        self._wake.set()

    async def _spread(self) -> None:
        """Tell the watchers of what has changed; news that comes meanwhile is told in the next round, once."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            changed, self._changed = self._changed, set()
            tickets = [ticket for ticket in self._watchers if ticket.channel in changed]
            await asyncio.gather(*(self._spread_to(ticket) for ticket in tickets))

    async def _spread_to(self, ticket: Ticket) -> None:
        event = await self._event(ticket)
        for watcher in tuple(self._watchers.get(ticket, ())):
            watcher.tell(event)

    async def _event(self, ticket: Ticket) -> bytes:
        if not ticket.part:
            return LOOK
        html = await self._parts.read(ticket.part, ticket.language)
        return LOOK if html is None else b"event: part\ndata: " + json.dumps(html).encode() + b"\n\n"


class _Watcher:
    """One open page: the newest event that it has not been sent. An older one is of no use to it."""

    def __init__(self) -> None:
        self._newest: bytes | None = None
        self._told = asyncio.Event()

    def tell(self, event: bytes) -> None:
        self._newest = event
        self._told.set()

    async def next_event(self, gone: asyncio.Task[None]) -> bytes | None:
        """The next event, a heartbeat where there is none for long, None when the page has gone."""
        told = asyncio.create_task(self._told.wait())
        await asyncio.wait({told, gone}, timeout=HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        if gone.done():
            return None
        if not self._told.is_set():
            return b": \n\n"
        self._told.clear()
        newest, self._newest = self._newest, None
        return newest


# What is told is for whoever has the ticket, from whichever address the page was loaded: no cookies are taken.
_STREAM_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"access-control-allow-origin", b"*"),
    (b"x-accel-buffering", b"no"),
]


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _say(send: Send, status: int, words: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"access-control-allow-origin", b"*")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words.encode()})
