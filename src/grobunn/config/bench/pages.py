"""The pages that are measured, and what each is meant to cost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from urllib.parse import urlencode

from django.urls import reverse

from grobunn.config.bench.client import Visit
from grobunn.config.bench.ground import ADVISER, ANONYMOUS, EMPLOYEE, Ground
from grobunn.kernel import ids
from grobunn.organisations.queries import COUNTIES

API = "/api/v1"


@dataclass(frozen=True)
class Page:
    """One page as one visitor sees it.

    Takes: visit, makes the n-th visit; status, what it is answered with; cpu_ms_aim of the web process and sql_aim,
           where there is one.
    """

    name: str
    who: str
    visit: Callable[[int], Visit]
    status: int = HTTPStatus.OK
    cpu_ms_aim: float | None = None
    sql_aim: int | None = None


def pages(ground: Ground) -> list[Page]:
    """Every page, in the order in which a person meets them."""
    here = partial(_address, ground)
    intake = here("ideas:write")
    return [
        Page("front", ANONYMOUS, _always(reverse("web:front"))),
        Page("municipality", ANONYMOUS, _always(here("web:home"))),
        Page("intake", ANONYMOUS, _always(intake), cpu_ms_aim=10),
        Page("intake", EMPLOYEE, _always(intake), cpu_ms_aim=10),
        Page("submit", ANONYMOUS, partial(_submit, ground, intake), status=HTTPStatus.FOUND, cpu_ms_aim=25),
        Page("similar", ANONYMOUS, _asking(here("ideas:similar"), "text", ground.sentences)),
        Page("thread by receipt", ANONYMOUS, _one_of([_by_receipt(code) for code in ground.receipts]), cpu_ms_aim=12),
        Page("thread", EMPLOYEE, _one_of([_thread(ground, name) for name in ground.references]), cpu_ms_aim=12),
        Page("thread", ADVISER, _one_of([_thread(ground, name) for name in ground.references]), cpu_ms_aim=12),
        Page("list", ANONYMOUS, _always(here("ideas:list")), cpu_ms_aim=15, sql_aim=6),
        Page("list", EMPLOYEE, _always(here("ideas:list")), cpu_ms_aim=15, sql_aim=6),
        Page("search", ANONYMOUS, _asking(here("search:here"), "q", ground.words)),
        Page("stories", ANONYMOUS, _always(here("stories:list")), cpu_ms_aim=15, sql_aim=6),
        Page("story", ANONYMOUS, _one_of([_story(ground, slug) for slug in ground.stories]), cpu_ms_aim=12),
        Page("queue", ADVISER, _always(here("ideas:queue")), cpu_ms_aim=15, sql_aim=6),
        Page("my work", ADVISER, _always(reverse("web:my_work"))),
        Page("library", ANONYMOUS, _always(reverse("cases:library")), cpu_ms_aim=25, sql_aim=8),
        Page("library, narrowed", ANONYMOUS, _one_of(_narrowings()), cpu_ms_aim=25, sql_aim=8),
        Page(
            "library, words", ANONYMOUS, _asking(reverse("cases:library"), "q", ground.words), cpu_ms_aim=25, sql_aim=8
        ),
        Page("case", ANONYMOUS, _one_of([_case(slug) for slug in ground.cases]), cpu_ms_aim=12),
        Page("case, map", ANONYMOUS, _always(reverse("cases:map"))),
        Page("case, PDF", ANONYMOUS, _one_of([f"{_case(slug)}eksempel.pdf" for slug in ground.cases])),
        Page("initiatives", ADVISER, _always(here("initiatives:list")), sql_aim=12),
        Page("initiative", ADVISER, _one_of([_initiative(ground, each) for each in ground.initiatives]), sql_aim=12),
        Page("portfolio, board", ADVISER, _always(here("portfolio:board")), cpu_ms_aim=40, sql_aim=12),
        Page("portfolio, list", ADVISER, _always(here("portfolio:list")), cpu_ms_aim=80, sql_aim=12),
        Page("portfolio, timeline", ADVISER, _always(here("portfolio:timeline")), cpu_ms_aim=80, sql_aim=12),
        Page("portfolio, load", ADVISER, _always(here("portfolio:load")), cpu_ms_aim=80, sql_aim=12),
        Page("capacity", ADVISER, _always(here("capacity:overview")), sql_aim=12),
        Page("start of work", ADVISER, _one_of([_start(ground, each) for each in ground.waiting])),
        Page("set-up", ADVISER, _always(here("organisations:set_up"))),
        Page("units", ADVISER, _always(here("organisations:units"))),
        Page("API list", ADVISER, partial(_api_list, ground)),
        Page("API similar", ANONYMOUS, partial(_api_similar, ground)),
    ]


def _address(ground: Ground, name: str) -> str:
    return reverse(name, kwargs={"municipality": ground.slug})


def _always(path: str) -> Callable[[int], Visit]:
    return lambda _number: Visit(path)


def _one_of(paths: Sequence[str]) -> Callable[[int], Visit]:
    return lambda number: Visit(paths[number % len(paths)])


def _asking(path: str, name: str, words: Sequence[str]) -> Callable[[int], Visit]:
    return lambda number: Visit(f"{path}?{urlencode({name: words[number % len(words)]})}")


def _by_receipt(receipt: str) -> str:
    return reverse("ideas:thread_by_receipt", kwargs={"receipt": receipt})


def _thread(ground: Ground, reference: str) -> str:
    return reverse("ideas:thread", kwargs={"municipality": ground.slug, "reference": reference})


def _story(ground: Ground, slug: str) -> str:
    return reverse("stories:story", kwargs={"municipality": ground.slug, "story": slug})


def _initiative(ground: Ground, reference: str) -> str:
    return reverse("initiatives:initiative", kwargs={"municipality": ground.slug, "reference": reference})


def _start(ground: Ground, reference: str) -> str:
    return reverse("initiatives:start", kwargs={"municipality": ground.slug, "reference": reference})


def _case(slug: str) -> str:
    return reverse("cases:case", kwargs={"slug": slug})


def _narrowings() -> list[str]:
    """Every county with three sizes, one area and two costs: a visitor seldom asks what another has asked."""
    path = reverse("cases:library")
    return [
        f"{path}?{urlencode({'fylke': county, 'storrelse': size, 'kostra': '254', 'kostnad': cost, 'ibruk': 1})}"
        for county in COUNTIES
        for size in ("2000", "5000", "10000")
        for cost in ("500000", "1000000")
    ]


def _submit(ground: Ground, path: str, number: int) -> Visit:
    text = ground.sentences[number % len(ground.sentences)]
    return Visit(path, fields={"csrfmiddlewaretoken": ground.form_token, "text": text, "key": str(ids.new_id())})


def _api_list(ground: Ground, number: int) -> Visit:
    headers = {"Authorization": f"Bearer {ground.api_token}"}
    return Visit(f"{API}/municipalities/{ground.slug}/ideas", headers=headers)


def _api_similar(ground: Ground, number: int) -> Visit:
    text = ground.sentences[number % len(ground.sentences)]
    return Visit(f"{API}/similar?{urlencode({'municipality': ground.slug, 'q': text})}")
