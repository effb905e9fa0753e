"""`grobunn bench juries`: what a panel with thousands of entries costs, and what its results recover.

The pages are asked for inside this process, through Django's test client: the same middleware, views, settings and
looks for garbage as in the web server. CPU is this process's own, the client's share in it included, and PostgreSQL's.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grobunn.accounts.models import User
from grobunn.accounts.services.tokens import make_token
from grobunn.config import embedded, preparation
from grobunn.config.bench import cpu, folder
from grobunn.config.bench.client import WrongAnswer
from grobunn.config.bench.panel import Jury, give_scores, make_jury, take, tau
from grobunn.config.bench.report import aligned
from grobunn.config.web_process import look_seldom_for_garbage
from grobunn.juries.addresses import page_of
from grobunn.juries.maths.assignment import Wish
from grobunn.juries.queries.results import results_of
from grobunn.juries.services.sharing import Proposal, propose, take_proposal

Tell = Callable[[str], None]
Ask = Callable[[int], Any]

_PAGE_AIM_MS, _FORM_AIM_MS, _SHARING_AIM_MS = 100.0, 20.0, 5000.0
_HEAD = ("what", "CPU ms", "DB ms", "SQL", "kB", "aim")


@dataclass(frozen=True)
class Cost:
    """What one thing costs. Takes: times in milliseconds; statements and bytes of one visit; aim_ms, None: none."""

    name: str
    cpu_ms: float
    database_ms: float
    statements: int
    bytes: int
    aim_ms: float | None

    @property
    def verdict(self) -> str:
        if self.aim_ms is None:
            return ""
        return "met" if self.cpu_ms <= self.aim_ms else f"over {self.aim_ms:g} ms"


@dataclass(frozen=True)
class JuryFigures:
    """What was measured. Takes: figures, how many were given; raw_tau and adjusted_tau, how well each order recovers
    the true one.
    """

    figures: int
    costs: Sequence[Cost]
    raw_tau: float
    adjusted_tau: float

    def table(self) -> str:
        rows = [
            (
                cost.name,
                f"{cost.cpu_ms:.1f}",
                f"{cost.database_ms:.1f}",
                str(cost.statements),
                f"{cost.bytes / 1000:.1f}",
                cost.verdict,
            )
            for cost in self.costs
        ]
        return aligned([_HEAD, *rows], numbers=range(1, 5))


def measure_juries(*, entries: int, jurors: int, reviews: int, criteria: int, visits: int, tell: Tell) -> JuryFigures:
    """Make a panel, share its entries out, let everybody score, release, and measure what people wait for.

    Raises: WrongAnswer.
    """
    preparation.prepare()
    data_dir = Path(settings.DATA_DIR)
    folder.write_mark(data_dir, {**folder.read_mark(data_dir), "panels": True})
    meter = _Meter(embedded.server_pid(data_dir) or 0, visits=visits)
    tell(f"· {entries:,} entries, {jurors} jurors who declare")
    jury = make_jury(entries=entries, jurors=jurors, criteria=criteria)
    shared = _share_out(jury, meter, reviews=reviews)
    take(jury.panel, "open_scoring", by=jury.adviser)
    tell("· Scores")
    figures = give_scores(jury, shared)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    look_seldom_for_garbage()
    _measure_scoring(jury, shared, meter)
    take(jury.panel, "release", by=jury.users[0])
    _measure_results(jury, meter)
    found = results_of(jury.panel, None)
    rows = [found.rows[entry.pk] for entry in jury.entries]
    return JuryFigures(
        figures=figures,
        costs=meter.costs,
        raw_tau=tau(jury.qualities, found.raw.results[rows]),
        adjusted_tau=tau(jury.qualities, found.adjusted.results[rows]),
    )


class _Meter:
    """Takes the time of this process and of the database's."""

    def __init__(self, database_pid: int, *, visits: int) -> None:
        self.costs: list[Cost] = []
        self._database_pid = database_pid
        self._visits = visits

    def work(self, name: str, do: Callable[[], object], *, aim_ms: float | None = None) -> None:
        """Something that is done once."""
        with CaptureQueriesContext(connection) as sent:
            own, database = time.process_time(), cpu.seconds_of(self._database_pid)
            do()
            own, database = time.process_time() - own, cpu.seconds_of(self._database_pid) - database
        self._add(name, own, database, sent, size=0, aim_ms=aim_ms)

    def page(self, name: str, ask: Ask, *, aim_ms: float | None = None, is_cold: bool = False) -> None:
        """Something that is asked for again and again. Takes: is_cold, forget before each visit what was kept."""
        numbers = count()
        ask(next(numbers))
        own, database = 0.0, cpu.seconds_of(self._database_pid)
        for _visit in range(self._visits):
            if is_cold:
                caches["process"].clear()
            began = time.process_time()
            ask(next(numbers))
            own += time.process_time() - began
        database = cpu.seconds_of(self._database_pid) - database
        if is_cold:
            caches["process"].clear()
        with CaptureQueriesContext(connection) as sent:
            answer = ask(next(numbers))
        if answer.status_code != 200:
            raise WrongAnswer(f"{name} answered {answer.status_code}.")
        self._add(name, own / self._visits, database / self._visits, sent, size=len(answer.content), aim_ms=aim_ms)

    def _add(
        self,
        name: str,
        own: float,
        database: float,
        sent: CaptureQueriesContext,
        *,
        size: int,
        aim_ms: float | None,
    ) -> None:
        self.costs.append(Cost(name, 1000 * own, 1000 * database, len(sent.captured_queries), size, aim_ms))


def _share_out(jury: Jury, meter: _Meter, *, reviews: int) -> Proposal:
    """Propose who scores what, and take it as it is."""
    proposals: list[Proposal] = []
    wish = Wish(reviews=reviews, needs_senior=True)
    meter.work(
        "sharing out",
        lambda: proposals.append(propose(jury.panel, wish, actor=jury.adviser)),
        aim_ms=_SHARING_AIM_MS,
    )
    meter.work("taking it", lambda: take_proposal(jury.panel, proposals[0], actor=jury.adviser))
    return proposals[0]


def _measure_scoring(jury: Jury, shared: Proposal, meter: _Meter) -> None:
    member = jury.members[1]
    theirs = [entry_id for entry_id, member_id in shared.pairs if member_id == member.pk]
    browser = _signed_in(jury.users[1])
    token = make_token(jury.users[1], name="Benk", scopes=["juries:read", "juries:write"], days=1).raw

    def form(number: int) -> Any:
        return browser.get(page_of(jury.panel, "score", entry_id=theirs[number % len(theirs)]))

    def tap(number: int) -> Any:
        address = f"/api/v1/panels/{jury.panel.reference}/entries/{theirs[number % len(theirs)]}/scores"
        sent = {"scores": [{"criterion": jury.criteria[0].code, "value": 1 + number % 10}]}
        headers = {"Authorization": f"Bearer {token}"}
        return Client(SERVER_NAME="localhost").put(address, sent, content_type="application/json", headers=headers)

    meter.page("own entries", lambda _number: browser.get(page_of(jury.panel, "scoring")))
    meter.page("scoring form", form, aim_ms=_FORM_AIM_MS)
    meter.page("one tap", tap)


def _measure_results(jury: Jury, meter: _Meter) -> None:
    browser = _signed_in(jury.users[0])
    address = page_of(jury.panel, "results")

    # The first visit of all, which is not counted, draws the page's chart; drawings are kept for everybody.
    def results(_number: int) -> Any:
        return browser.get(address)

    def adjusted(_number: int) -> Any:
        return browser.get(f"{address}?orden=adjusted")

    meter.page("results, first time", results, aim_ms=_PAGE_AIM_MS, is_cold=True)
    meter.page("results, kept", results, aim_ms=_PAGE_AIM_MS)
    meter.page("results, adjusted", adjusted, aim_ms=_PAGE_AIM_MS)
    meter.page(
        "results of one entry",
        lambda number: browser.get(
            page_of(jury.panel, "entry_results", entry_id=jury.entries[number % len(jury.entries)].pk)
        ),
    )


def _signed_in(user: User) -> Client:
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return browser
