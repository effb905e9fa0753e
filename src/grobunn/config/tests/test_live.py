"""The live service: what a watcher is sent, as an ASGI server would see it."""

import asyncio
import json

import pytest

from grobunn.config.environment import Environment
from grobunn.config.live.application import LOOK, Live
from grobunn.kernel import live
from grobunn.kernel.live import Ticket


class Told:
    """News told by a test."""

    def __init__(self):
        self.tell = self.tell_all = None

    async def follow(self, tell, tell_all):
        self.tell, self.tell_all = tell, tell_all
        await asyncio.Event().wait()


class Pages:
    """Parts of pages that a test changes; counts how often they are read."""

    def __init__(self, html="<p>1</p>"):
        self.html, self.read_count = html, 0

    async def read(self, part, language):
        self.read_count += 1
        return self.html


class Browser:
    """One open page."""

    def __init__(self, app, ticket):
        self.status, self.events, self._gone, self._came = None, asyncio.Queue(), asyncio.Event(), asyncio.Event()
        path = live_path(ticket) if isinstance(ticket, Ticket) else ticket
        self.task = asyncio.create_task(app({"type": "http", "path": path}, self._receive, self._send))

    async def _receive(self):
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            await self.events.put(message.get("body", b""))

    async def next(self):
        return await asyncio.wait_for(self.events.get(), 10)

    async def opened(self):
        assert (await self.next()).startswith(b"retry:")
        return await self.next()

    async def leave(self):
        self._gone.set()
        await asyncio.wait_for(self.task, 10)


def live_path(ticket):
    return f"/live/{live.signed(ticket)}"


def part(html):
    return b"event: part\ndata: " + json.dumps(html).encode() + b"\n\n"


async def started(news, pages):
    app = Live(news, pages)
    begun, messages = asyncio.Event(), iter([{"type": "lifespan.startup"}])

    async def receive():
        message = next(messages, None)
        if message is None:
            await asyncio.Event().wait()
        return message

    async def send(message):
        begun.set()

    app.lifespan = asyncio.create_task(app({"type": "lifespan"}, receive, send))
    await begun.wait()
    while news.tell is None:
        await asyncio.sleep(0)
    return app


SHARED = Ticket("pitching:1", "/na/", "nb")


def test_part_is_read_once_for_all_who_watch_the_same():
    async def run():
        news, pages = Told(), Pages()
        app = await started(news, pages)
        browsers = [Browser(app, SHARED) for _number in range(50)]
        assert {await browser.opened() for browser in browsers} == {part("<p>1</p>")}

        pages.html, pages.read_count = "<p>2</p>", 0
        news.tell("pitching:1")
        assert {await browser.next() for browser in browsers} == {part("<p>2</p>")}
        assert pages.read_count == 1

    asyncio.run(run())


def test_other_channels_hear_nothing():
    async def run():
        news, pages = Told(), Pages()
        app = await started(news, pages)
        one, other = Browser(app, SHARED), Browser(app, Ticket("pitching:2", "/annen/", "nb"))
        await one.opened()
        await other.opened()

        news.tell("pitching:1")
        await one.next()
        assert other.events.empty()

    asyncio.run(run())


def test_who_reads_their_own_part_is_told_to_look():
    async def run():
        news, pages = Told(), Pages()
        app = await started(news, pages)
        browser = Browser(app, Ticket("pitching:1"))
        assert await browser.opened() == LOOK

        news.tell("pitching:1")
        assert await browser.next() == LOOK
        assert pages.read_count == 0

    asyncio.run(run())


def test_everybody_looks_when_the_part_cannot_be_read():
    async def run():
        news, pages = Told(), Pages(html=None)
        app = await started(news, pages)

        assert await Browser(app, SHARED).opened() == LOOK

    asyncio.run(run())


def test_everybody_is_told_when_news_may_have_been_missed():
    async def run():
        news, pages = Told(), Pages()
        app = await started(news, pages)
        browser = Browser(app, SHARED)
        await browser.opened()

        news.tell_all()
        assert await browser.next() == part("<p>1</p>")

    asyncio.run(run())


def test_who_leaves_is_forgotten():
    async def run():
        app = await started(Told(), Pages())
        browser = Browser(app, SHARED)
        await browser.opened()
        assert app.watching == 1

        await browser.leave()
        assert app.watching == 0

    asyncio.run(run())


@pytest.mark.parametrize("path", ["/", "/live/", "/live/forged:ticket:x", "/live/../healthz"])
def test_without_a_ticket_nothing_is_heard(path):
    async def run():
        app = await started(Told(), Pages())
        browser = Browser(app, path)
        await browser.task
        assert browser.status == 404
        assert app.watching == 0

    asyncio.run(run())


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({"port": 8000}, "http://127.0.0.1:8001"),
        ({"port": 8000, "live_port": 9000}, "http://127.0.0.1:9000"),
        ({"port": 8000, "live_port": 0}, ""),
        ({"site_url": "https://ideer.example.no"}, ""),
        ({"site_url": "https://ideer.example.no", "live_url": "https://ideer.example.no"}, "https://ideer.example.no"),
        ({"live_port": 0, "live_url": "https://ideer.example.no"}, ""),
    ],
)
def test_where_browsers_reach_it(given, address, monkeypatch):
    for name in ("HOST", "PORT", "GROBUNN_SITE_URL", "GROBUNN_LIVE_PORT", "GROBUNN_LIVE_URL"):
        monkeypatch.delenv(name, raising=False)

    assert Environment(**given).live_address == address
