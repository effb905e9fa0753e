"""`grobunn bench web`, `search`, `import`, `live`, `juries`: what Grobunn costs on this machine."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grobunn.config.bench import cpu, report
from grobunn.config.bench.client import WrongAnswer
from grobunn.config.bench.imports import RowsMissing, measure_import
from grobunn.config.bench.juries import measure_juries
from grobunn.config.bench.measure import Effort
from grobunn.config.bench.search.figures import in_words, table, write_json
from grobunn.config.bench.search.run import measure_search
from grobunn.config.bench.watchers import NewsMissing, measure_live
from grobunn.config.bench.web import OtherIdeas, measure_pages
from grobunn.config.supervisor import PartNotStarted

_REFUSALS = (NewsMissing, OtherIdeas, PartNotStarted, RowsMissing, WrongAnswer)


class Command(BaseCommand):
    help = (
        "Measure this machine, with made-up ideas in a folder of its own: `bench web` the pages, "
        "`bench search` search and likeness, `bench import` rows, `bench live` news, `bench juries` panels."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        web = what.add_parser("web", help="CPU, SQL, size and time of each page, over the real web server.")
        web.add_argument("--ideas", type=_positive, default=100_000, help="Made-up ideas, and as many cases.")
        web.add_argument("--clients", type=_positive, default=8, help="Visitors at once.")
        web.add_argument("--visits", type=_positive, default=100, help="Visits to each page by one visitor.")
        web.add_argument("--seconds", type=float, default=10.0, help="The longest that is spent on one page at a time.")
        web.add_argument("--only", default="", metavar="NAME", help="Only pages whose name begins so.")
        web.add_argument("--json", type=Path, metavar="FILE", help="Write the figures for a program, too.")
        rows = what.add_parser("import", help="Rows per second of `import ideas`.")
        rows.add_argument("--rows", type=_positive, default=20_000, help="Rows to import.")
        search = what.add_parser("search", help="Search and likeness over many documents: index, questions, freshness.")
        search.add_argument("--documents", type=_positive, default=100_000, help="Made-up documents.")
        search.add_argument("--clients", type=_positive, default=8, help="Visitors at once.")
        search.add_argument("--questions", type=_positive, default=200, help="Questions of each sort by one visitor.")
        search.add_argument("--seconds", type=float, default=15.0, help="The longest that is spent on one sort.")
        search.add_argument("--new-ideas", type=_positive, default=30, help="Ideas that are sent and searched for.")
        search.add_argument(
            "--only", default="", metavar="NAME", help="Only questions whose name begins so, and no more."
        )
        search.add_argument("--json", type=Path, metavar="FILE", help="Write the figures for a program, too.")
        live = what.add_parser("live", help="From commit to each of many who watch a pitch day.")
        live.add_argument("--watchers", type=_positive, default=300, help="Open pages.")
        live.add_argument("--news", type=_positive, default=20, help="How often something changes.")
        juries = what.add_parser("juries", help="A panel with thousands of entries: sharing out, scoring, results.")
        juries.add_argument("--entries", type=_positive, default=2000, help="What is judged.")
        juries.add_argument("--jurors", type=_positive, default=60, help="Who judges.")
        juries.add_argument("--reviews", type=_positive, default=5, help="How many judge each entry.")
        juries.add_argument("--criteria", type=_positive, default=3, help="By how many criteria.")
        juries.add_argument("--visits", type=_positive, default=20, help="Visits to each page.")
        for parser_of in (web, rows, search, live, juries):
            parser_of.add_argument(
                "--keep", type=Path, metavar="FOLDER", help="Keep the filled folder there, and use it the next time."
            )

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if not cpu.can_measure():
            raise CommandError("This machine does not tell what processes spend: Linux only.")
        tasks: dict[str, Callable[..., None]] = {
            "web": self._web,
            "search": self._search,
            "import": self._import,
            "live": self._live,
            "juries": self._juries,
        }
        try:
            tasks[what](**options)
        except _REFUSALS as refusal:
            raise CommandError(str(refusal)) from refusal
        except KeyboardInterrupt as stop:
            raise CommandError("Stopped.") from stop

    def _web(self, *, ideas: int, clients: int, visits: int, seconds: float, only: str, **options: Any) -> None:
        effort = Effort(alone=visits, together=4 * visits, clients=clients, most_seconds=seconds)
        figures = measure_pages(ideas=ideas, effort=effort, only=only, tell=self._tell)
        about = figures.about
        self._tell("")
        self._tell(
            f"{ideas:,} ideas and as many cases, {report.in_words(about)} Times in ms; the last two columns with "
            f"{clients} clients."
        )
        self._tell(report.table(figures.lines))
        self._tell(report.weight_line(figures.weights))
        if options["json"] is not None:
            report.write_json(options["json"], about=about, lines=figures.lines, weights=figures.weights)

    def _search(
        self,
        *,
        documents: int,
        clients: int,
        questions: int,
        seconds: float,
        new_ideas: int,
        only: str,
        **options: Any,
    ) -> None:
        effort = Effort(alone=questions, together=4 * questions, clients=clients, most_seconds=seconds)
        figures = measure_search(documents=documents, effort=effort, new_ideas=new_ideas, only=only, tell=self._tell)
        about = figures.about
        self._tell("")
        self._tell(
            f"{documents:,} documents, {report.in_words(about)} Times in ms; the second group with {clients} clients."
        )
        for line in (table(figures.lines), *in_words(figures)):
            self._tell(line)
        if options["json"] is not None:
            write_json(options["json"], figures)

    def _import(self, *, rows: int, **options: Any) -> None:
        figures = measure_import(rows=rows, tell=self._tell)
        self._tell(
            f"{rows:,} rows in {figures.seconds:.1f} s: {figures.rows_per_second:,.0f} a second by the clock. "
            f"CPU a row: {figures.cpu_ms_per_row:.2f} ms ({1000 * figures.import_cpu_seconds / rows:.2f} the import, "
            f"{1000 * figures.database_cpu_seconds / rows:.2f} PostgreSQL), "
            f"or {1000 / figures.cpu_ms_per_row:,.0f} rows a second if nothing else runs."
        )

    def _live(self, *, watchers: int, news: int, **options: Any) -> None:
        figures = measure_live(watchers=watchers, news=news, tell=self._tell)
        self._tell(
            f"{watchers:,} who watch, {news} pieces of news: told after {figures.percentile(0.5):.0f} ms (p50), "
            f"{figures.percentile(0.95):.0f} ms (p95); the last of all after {1000 * max(figures.last_seconds):.0f}. "
            f"CPU for each piece of news: {figures.live_cpu_ms:.1f} ms in the live service, "
            f"{figures.web_cpu_ms:.1f} ms in the web server."
        )

    def _juries(self, *, entries: int, jurors: int, reviews: int, criteria: int, visits: int, **options: Any) -> None:
        figures = measure_juries(
            entries=entries, jurors=jurors, reviews=reviews, criteria=criteria, visits=visits, tell=self._tell
        )
        self._tell(f"{entries:,} entries, {jurors} jurors, {figures.figures:,} figures; each in ms of CPU.")
        self._tell(figures.table())
        self._tell(
            f"Kendall's tau to the true order: {figures.raw_tau:.3f} as given, {figures.adjusted_tau:.3f} adjusted."
        )

    def _tell(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number
