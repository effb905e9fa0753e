"""`grobunn bench search`: an index made anew, questions to the real web server, an idea sent and found."""

import io
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django_scopes import scopes_disabled

from grobunn.config import embedded, preparation
from grobunn.config.bench import cpu, folder, report
from grobunn.config.bench.demonstration import lay_out
from grobunn.config.bench.measure import Effort, Servers, measure
from grobunn.config.bench.memory import largest_resident
from grobunn.config.bench.pages import Page
from grobunn.config.bench.search.documents import add_documents
from grobunn.config.bench.search.figures import Indexing, Line, SearchFigures
from grobunn.config.bench.search.freshness import measure_freshness
from grobunn.config.bench.search.meanings import add_meanings
from grobunn.config.bench.search.questions import asked, questions, similar
from grobunn.config.bench.server import web_server
from grobunn.config.bench.web import OtherIdeas
from grobunn.config.environment import environment
from grobunn.search.engine.words.files import place
from grobunn.search.models import IndexedDocument

Tell = Callable[[str], None]

# The p95 in milliseconds for one visitor and for eight at once, at a million documents.
_AIMS = (40.0, 100.0)
_MEANING_AIMS = (120.0, 400.0)
_MEANING = "GROBUNN_MEANING"
_KEY = "search_documents"


def measure_search(*, documents: int, effort: Effort, new_ideas: int, only: str, tell: Tell) -> SearchFigures:
    """Fill the folder, or take it as an earlier run left it, and measure: by words, then with meaning if it is on.

    Takes:  only, what the names of the questions begin with that are put to the index as it is, and nothing else is
            measured; "" for all there is.
    Raises: OtherIdeas, PartNotStarted, WrongAnswer.
    """
    data_dir = Path(settings.DATA_DIR)
    _fill(data_dir, documents=documents, tell=tell)
    figures = SearchFigures({**report.machine(), "documents": documents})
    if not only or place().current() is None:
        tell("· Index")
        figures.indexing = _rebuild(data_dir)
    asked_for = asked()
    chosen = [page for page in questions(asked_for) if page.name.startswith(only)]
    connections.close_all()
    if chosen:
        with _words_alone(), web_server(data_dir) as web_pid:
            servers = Servers(environment().port, web_pid, embedded.server_pid(data_dir) or 0)
            figures.lines += _lines(chosen, _AIMS, servers=servers, effort=effort, tell=tell)
            figures.web_bytes = largest_resident(web_pid)
            if not only:
                tell("· New ideas")
                figures.freshness = measure_freshness(port=servers.port, data_dir=data_dir, ideas=new_ideas)
    with_meaning = [page for page in [similar("similar, with meaning", asked_for)] if page.name.startswith(only)]
    if with_meaning:
        tell("· Meaning")
    if with_meaning and add_meanings():
        connections.close_all()
        with web_server(data_dir) as web_pid:
            servers = Servers(environment().port, web_pid, embedded.server_pid(data_dir) or 0)
            figures.lines += _lines(with_meaning, _MEANING_AIMS, servers=servers, effort=effort, tell=tell)
            figures.web_bytes_with_meaning = largest_resident(web_pid)
    return figures


def _lines(
    pages: Sequence[Page], aims: tuple[float, float], *, servers: Servers, effort: Effort, tell: Tell
) -> Iterator[Line]:
    for page in pages:
        measured = measure(page, servers=servers, cookies={}, effort=effort)
        tell(f"· {page.name}: {measured.p95_ms:.1f} ms")
        yield Line(page.name, measured, aims)


@contextmanager
def _words_alone() -> Iterator[None]:
    """Have processes that are started search by words alone."""
    chosen = os.environ.get(_MEANING, "")
    os.environ[_MEANING] = "off"
    try:
        yield
    finally:
        os.environ[_MEANING] = chosen


def _fill(data_dir: Path, *, documents: int, tell: Tell) -> None:
    held = folder.read_mark(data_dir)
    if held == folder.DEMONSTRATION:
        held = {}
    if held and held.get(_KEY) != documents:
        raise OtherIdeas(f"{data_dir} does not hold {documents:,} documents. Name an empty folder.")
    if held:
        preparation.prepare()
        return
    lay_out(tell=tell)
    folder.begin_filling(data_dir)
    tell(f"· {documents:,} documents")
    with scopes_disabled():
        add_documents(documents)
    folder.write_mark(data_dir, {**folder.DEMONSTRATION, _KEY: documents})


def _rebuild(data_dir: Path) -> Indexing:
    """Make the index anew, by the command that an operator uses."""
    database = embedded.server_pid(data_dir) or 0
    before, own = cpu.seconds_of(database), time.process_time()
    began = time.perf_counter()
    call_command("search", "rebuild", stdout=io.StringIO())
    seconds = time.perf_counter() - began
    with scopes_disabled():
        documents = IndexedDocument.objects.count()
    return Indexing(
        documents=documents,
        seconds=seconds,
        cpu_seconds=time.process_time() - own,
        database_cpu_seconds=cpu.seconds_of(database) - before,
        bytes=sum(path.stat().st_size for path in (data_dir / "search").rglob("*") if path.is_file()),
    )
