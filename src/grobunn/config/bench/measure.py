"""Visits to one page: what they cost both servers, how long they take for one visitor and for several at once."""

import os
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from math import ceil

from grobunn.config.bench import cpu
from grobunn.config.bench.client import Answer, Client, WrongAnswer
from grobunn.config.bench.pages import Page

# Each visitor of each page gives an address of its own (RFC 1918), and those of the run before had others: nobody is
# refused for what somebody else asked within the minute.
_visitors = count(os.getpid() * 1000)


@dataclass(frozen=True)
class Effort:
    """How much is asked: so many visits, or as many as there is time for."""

    alone: int
    together: int
    clients: int
    most_seconds: float


@dataclass(frozen=True)
class Servers:
    """Where the web server answers, and the main processes of both servers."""

    port: int
    web_pid: int
    database_pid: int

    def spent(self) -> cpu.Spent:
        return cpu.spent(web=self.web_pid, database=self.database_pid)


@dataclass(frozen=True)
class Measured:
    """One page. CPU in milliseconds a visit, for one visitor; times in milliseconds; size in bytes over the wire."""

    visits: int
    web_cpu_ms: float
    database_cpu_ms: float
    bytes: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    clients: int
    requests_per_second: float
    p50_ms_together: float
    p95_ms_together: float
    p99_ms_together: float


def measure(page: Page, *, servers: Servers, cookies: Mapping[str, str], effort: Effort) -> Measured:
    """Visit a page again and again.

    Raises: WrongAnswer if it answers anything else than it should.
    """
    numbers = count()
    warm_up = Effort(0, min(8 * effort.clients, 4 * effort.alone), effort.clients, effort.most_seconds)
    _together(page, servers=servers, cookies=cookies, effort=warm_up, numbers=numbers)
    before = servers.spent()
    alone = _visits(page, servers=servers, cookies=cookies, most=effort.alone, effort=effort, numbers=numbers)
    spent = servers.spent() - before
    began = time.perf_counter()
    together = _together(page, servers=servers, cookies=cookies, effort=effort, numbers=numbers)
    seconds = time.perf_counter() - began
    times, times_together = ([answer.seconds for answer in answers] for answers in (alone, together))
    return Measured(
        visits=len(alone),
        web_cpu_ms=round(1000 * spent.web / len(alone), 2),
        database_cpu_ms=round(1000 * spent.database / len(alone), 2),
        bytes=round(sum(len(answer.body) for answer in alone) / len(alone)),
        p50_ms=percentile(times, 50),
        p95_ms=percentile(times, 95),
        p99_ms=percentile(times, 99),
        clients=effort.clients,
        requests_per_second=round(len(together) / seconds, 1),
        p50_ms_together=percentile(times_together, 50),
        p95_ms_together=percentile(times_together, 95),
        p99_ms_together=percentile(times_together, 99),
    )


def percentile(seconds: Sequence[float], part: int) -> float:
    """The time, in milliseconds, that so many in a hundred keep within."""
    return round(1000 * sorted(seconds)[ceil(part / 100 * len(seconds)) - 1], 1)


def _together(
    page: Page, *, servers: Servers, cookies: Mapping[str, str], effort: Effort, numbers: Iterator[int]
) -> list[Answer]:
    """Several visitors at once, each a thread with a connection of its own."""
    is_over = threading.Event()
    each = ceil(effort.together / effort.clients)
    with ThreadPoolExecutor(effort.clients) as pool:
        try:
            visitors = [
                pool.submit(
                    _visits,
                    page,
                    servers=servers,
                    cookies=cookies,
                    most=each,
                    effort=effort,
                    numbers=numbers,
                    is_over=is_over,
                )
                for _ in range(effort.clients)
            ]
            return [answer for visitor in visitors for answer in visitor.result()]
        finally:
            is_over.set()


def _visits(
    page: Page,
    *,
    servers: Servers,
    cookies: Mapping[str, str],
    most: int,
    effort: Effort,
    numbers: Iterator[int],
    is_over: threading.Event | None = None,
) -> list[Answer]:
    deadline = time.monotonic() + effort.most_seconds
    answers: list[Answer] = []
    visitor = next(_visitors)
    address = f"10.{visitor >> 16 & 255}.{visitor >> 8 & 255}.{visitor & 255}"
    with Client(servers.port, address=address, cookies=cookies) as client:
        while len(answers) < most and time.monotonic() < deadline and not (is_over and is_over.is_set()):
            answer = client.go(page.visit(next(numbers)))
            if answer.status != page.status:
                raise WrongAnswer(f"{page.name} ({page.who}) answered {answer.status}, not {page.status:d}.")
            answers.append(answer)
    return answers
