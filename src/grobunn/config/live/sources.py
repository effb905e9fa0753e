"""Where the live service gets its news from, and the parts of pages."""

import asyncio
from collections.abc import Callable

import httpx
import psycopg
import structlog

from grobunn.kernel.live import POSTGRESQL_CHANNEL

# After the database was away.
_AGAIN_SECONDS = 1.0
_PART_SECONDS = 5.0

_log = structlog.get_logger("grobunn.live")


class DatabaseNews:
    """News by NOTIFY, on a connection of its own. Takes: url, of the database itself: a pooler does not pass it on."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def follow(self, tell: Callable[[str], None], tell_all: Callable[[], None]) -> None:
        """Follow until cancelled; a lost connection is made again, and everybody is told to look."""
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._url, autocommit=True) as connection:
                    await connection.execute(f"LISTEN {POSTGRESQL_CHANNEL}")
                    tell_all()
                    async for notice in connection.notifies():
                        tell(notice.payload)
            except psycopg.OperationalError as error:
                _log.warning("the database is away", reason=str(error).strip())
            await asyncio.sleep(_AGAIN_SECONDS)


class WebParts:
    """Parts of pages, read from the web server as anybody would. Takes: address and host, of the web server."""

    def __init__(self, address: str, host: str) -> None:
        self._client = httpx.AsyncClient(base_url=address, headers={"Host": host}, timeout=_PART_SECONDS)

    async def read(self, part: str, language: str) -> str | None:
        """The HTML of a part, None where the web server does not give it."""
        try:
            answer = await self._client.get(part, headers={"Accept-Language": language})
        except httpx.HTTPError as error:
            _log.warning("a part could not be read", part=part, reason=repr(error))
            return None
        return answer.text if answer.status_code == httpx.codes.OK else None
