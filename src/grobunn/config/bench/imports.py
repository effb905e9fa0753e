"""`grobunn bench import`: the real command on a file of made-up rows."""

import csv
import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django_scopes import scope

from grobunn.config import embedded
from grobunn.config.bench import cpu, folder
from grobunn.config.bench.demonstration import lay_out
from grobunn.config.bench.seed import place_names
from grobunn.config.bench.texts import Texts
from grobunn.ideas.models import Idea
from grobunn.kernel import clock, ids
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import open_units

# Not the one whose pages are measured: a kept folder goes on answering as before.
_INTO = "namsos"
_SEED = 7
_COLUMNS = ("external_id", "title", "text", "unit", "submitted_at")


class RowsMissing(RuntimeError):  # noqa: N818 -- named for what happened
    """The import did not keep every row."""


@dataclass(frozen=True)
class ImportFigures:
    """How long the command took, by the clock and on the processors of both processes."""

    rows: int
    seconds: float
    import_cpu_seconds: float
    database_cpu_seconds: float

    @property
    def rows_per_second(self) -> float:
        return self.rows / self.seconds

    @property
    def cpu_ms_per_row(self) -> float:
        return 1000 * (self.import_cpu_seconds + self.database_cpu_seconds) / self.rows


def measure_import(*, rows: int, tell: Callable[[str], None]) -> ImportFigures:
    """Import so many new ideas into one municipality.

    Raises: RowsMissing.
    """
    lay_out(tell=tell)
    municipality = Municipality.objects.get(slug=_INTO)
    data_dir = Path(settings.DATA_DIR)
    folder.write_mark(data_dir, {**folder.read_mark(data_dir), "imported": True})
    file = data_dir / "rows.csv"
    _write(file, municipality=municipality, rows=rows)
    with scope(municipality=municipality.pk):
        before = Idea.objects.count()
        database = embedded.server_pid(data_dir) or 0
        spent = cpu.seconds_of(database)
        began, own = time.perf_counter(), time.process_time()
        call_command("import", "ideas", str(file), municipality=_INTO, stdout=io.StringIO())
        seconds, own = time.perf_counter() - began, time.process_time() - own
        spent = cpu.seconds_of(database) - spent
        kept = Idea.objects.count() - before
    if kept != rows:
        raise RowsMissing(f"{kept} of {rows} rows were kept.")
    return ImportFigures(rows, seconds, own, spent)


def _write(file: Path, *, municipality: Municipality, rows: int) -> None:
    texts = Texts(seed=_SEED, places=place_names())
    run = ids.new_id().hex[-8:]  # A kept folder has the rows of earlier runs.
    written_on = (clock.today() - timedelta(days=1)).isoformat()
    units = ["", *open_units(municipality.pk).values_list("name", flat=True)]
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(_COLUMNS)
        for number in range(rows):
            text = texts.next("nb", unit="")
            unit = units[number % len(units)]
            writer.writerow((f"{run}-{number}", text.title, text.text, unit, written_on))
