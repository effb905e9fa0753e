"""The figures as a table for a person and as JSON for a program."""

import json
import os
import platform
from collections.abc import Container, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import django
from django.db import connection

from grobunn import __version__
from grobunn.config.bench import cpu
from grobunn.config.bench.measure import Measured
from grobunn.config.bench.pages import Page
from grobunn.config.environment import environment
from grobunn.kernel import clock

FIRST_VISIT_AIM_BYTES = 120_000
_HEAD = ("page", "visitor", "CPU ms", "DB ms", "SQL", "kB", "p50", "p95", "req/s", "p95", "aim")
_NUMBERS = range(2, 10)


@dataclass(frozen=True)
class Line:
    """One page, what it cost, and how many statements it needed."""

    page: Page
    measured: Measured
    statements: int

    @property
    def missed(self) -> list[str]:
        """The aims that were not met, in words; nothing where all were."""
        page, missed = self.page, []
        if page.cpu_ms_aim is not None and self.measured.web_cpu_ms > page.cpu_ms_aim:
            missed.append(f"over {page.cpu_ms_aim:g} ms")
        if page.sql_aim is not None and self.statements > page.sql_aim:
            missed.append(f"over {page.sql_aim} SQL")
        return missed

    @property
    def verdict(self) -> str:
        has_aim = self.page.cpu_ms_aim is not None or self.page.sql_aim is not None
        return ", ".join(self.missed) or ("met" if has_aim else "")


def machine() -> dict[str, Any]:
    """Where it was measured, and how busy the machine was before."""
    settings = environment()
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (database,) = cursor.fetchone()
    return {
        "release": __version__,
        "measured_at": clock.now().isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "load": [round(load, 2) for load in os.getloadavg()],
        "loop_seconds": round(cpu.loop_seconds(), 2),
        "python": platform.python_version(),
        "django": django.get_version(),
        "postgresql": database,
        "web_workers": settings.web_workers,
        "web_threads": settings.web_threads,
    }


def in_words(about: Mapping[str, Any]) -> str:
    """How fast the machine itself was, which on a shared one differs by half within an hour: figures of two runs are
    compared by this.
    """
    return (
        f"{about['cores']} cores, load {about['load'][0]} before, counting to ten million in "
        f"{about['loop_seconds']:.2f} s of CPU before and {cpu.loop_seconds():.2f} s after, {about['web_workers']} web "
        f"processes with {about['web_threads']} threads."
    )


def table(lines: Sequence[Line]) -> str:
    """A line a page; times in milliseconds, the second p95 with all clients at once."""
    return aligned([_HEAD, *map(_row, lines)], numbers=_NUMBERS)


def aligned(rows: Sequence[Sequence[str]], *, numbers: Container[int]) -> str:
    """Rows of cells under each other. Takes: numbers, the columns that are set to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column in numbers else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def weight_line(weights: Mapping[str, int]) -> str:
    """What the first visit to the intake costs over the wire."""
    total = sum(weights.values())
    verdict = "met" if total <= FIRST_VISIT_AIM_BYTES else f"over {FIRST_VISIT_AIM_BYTES // 1000} kB"
    return f"First visit of the intake: {total / 1000:.1f} kB over the wire in {len(weights)} requests ({verdict})."


def write_json(path: Path, *, about: Mapping[str, Any], lines: Sequence[Line], weights: Mapping[str, int]) -> None:
    """Everything that was measured."""
    rows = [
        {
            "page": line.page.name,
            "visitor": line.page.who,
            "statements": line.statements,
            "cpu_ms_aim": line.page.cpu_ms_aim,
            "statements_aim": line.page.sql_aim,
            "missed": line.missed,
            **asdict(line.measured),
        }
        for line in lines
    ]
    document = {**about, "pages": rows, "first_visit": {"bytes": sum(weights.values()), "parts": dict(weights)}}
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def _row(line: Line) -> tuple[str, ...]:
    measured = line.measured
    return (
        line.page.name,
        line.page.who,
        f"{measured.web_cpu_ms:.1f}",
        f"{measured.database_cpu_ms:.1f}",
        str(line.statements),
        f"{measured.bytes / 1000:.1f}",
        f"{measured.p50_ms:.1f}",
        f"{measured.p95_ms:.1f}",
        f"{measured.requests_per_second:.0f}",
        f"{measured.p95_ms_together:.1f}",
        line.verdict,
    )
