"""`grobunn bench web`: every page over the real web server, on a hundred thousand ideas."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.urls import reverse

from grobunn.config import embedded, preparation
from grobunn.config.bench import folder, report
from grobunn.config.bench.ground import ANONYMOUS, prepare
from grobunn.config.bench.measure import Effort, Servers, measure
from grobunn.config.bench.pages import pages
from grobunn.config.bench.report import Line
from grobunn.config.bench.seed import MEASURED, make_index, seed
from grobunn.config.bench.server import web_server
from grobunn.config.bench.statements import statements
from grobunn.config.bench.weight import first_visit
from grobunn.config.environment import environment

Tell = Callable[[str], None]


class OtherIdeas(RuntimeError):  # noqa: N818 -- named for what is so
    """The kept folder holds another number of ideas than was asked for."""


@dataclass
class WebFigures:
    """What was measured."""

    about: dict[str, Any]
    lines: list[Line] = field(default_factory=list)
    weights: dict[str, int] = field(default_factory=dict)


def fill(*, ideas: int, tell: Tell) -> int:
    """Fill the folder, or take it as an earlier run left it. Returns: how many documents search has.

    Raises: OtherIdeas.
    """
    data_dir = Path(settings.DATA_DIR)
    held = folder.read_mark(data_dir)
    if held == folder.DEMONSTRATION:
        held = {}
    if held and held.get("ideas") != ideas:
        raise OtherIdeas(f"{data_dir} holds {held.get('ideas', 0):,} ideas. Ask for as many, or keep another folder.")
    if held:
        preparation.prepare()
        if not (data_dir / "search").exists():
            make_index()
        return int(held["documents"])
    documents = seed(ideas=ideas, tell=tell)
    folder.write_mark(data_dir, {**folder.DEMONSTRATION, "ideas": ideas, "documents": documents})
    return documents


def measure_pages(*, ideas: int, effort: Effort, only: str, tell: Tell) -> WebFigures:
    """Measure every page, or those whose name begins with a word.

    Raises: OtherIdeas, PartNotStarted, WrongAnswer.
    """
    documents = fill(ideas=ideas, tell=tell)
    figures = WebFigures({**report.machine(), "ideas": ideas, "documents": documents})
    data_dir = Path(settings.DATA_DIR)
    connections.close_all()
    with web_server(data_dir) as web_pid:
        servers = Servers(environment().port, web_pid, embedded.server_pid(data_dir) or 0)
        figures.lines += _lines(servers, effort=effort, only=only, tell=tell)
        intake = reverse("ideas:write", kwargs={"municipality": MEASURED})
        figures.weights |= first_visit(intake, port=servers.port)
    return figures


def _lines(servers: Servers, *, effort: Effort, only: str, tell: Tell) -> Iterator[Line]:
    ground = prepare(servers.port)
    for page in pages(ground):
        if not page.name.startswith(only):
            continue
        cookies = ground.cookies[page.who]
        measured = measure(page, servers=servers, cookies=cookies, effort=effort)
        counted = statements(page, cookies={} if page.who == ANONYMOUS else cookies)
        tell(f"· {page.name} ({page.who}): {measured.web_cpu_ms:.1f} ms")
        yield Line(page, measured, counted)
