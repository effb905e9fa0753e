"""What was measured of search, as a table for a person and as JSON for a program."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from grobunn.config.bench.measure import Measured
from grobunn.config.bench.report import aligned

_HEAD = ("question", "CPU ms", "DB ms", "p50", "p95", "p99", "req/s", "p50", "p95", "p99", "aim")
_NUMBERS = range(1, 10)
MILLION = 1_000_000


@dataclass(frozen=True)
class Line:
    """One question. Takes: aims, the p95 in milliseconds that one visitor and several at once are to be kept within."""

    name: str
    measured: Measured
    aims: tuple[float, float] | None = None

    @property
    def verdict(self) -> str:
        if self.aims is None:
            return ""
        times = (self.measured.p95_ms, self.measured.p95_ms_together)
        missed = [f"over {aim:g} ms" for time, aim in zip(times, self.aims, strict=True) if time > aim]
        return ", ".join(missed) or "met"


@dataclass(frozen=True)
class Indexing:
    """Making the index anew: by the clock and on the processors of both processes; its size on disk."""

    documents: int
    seconds: float
    cpu_seconds: float
    database_cpu_seconds: float
    bytes: int

    @property
    def per_second(self) -> float:
        return self.documents / self.seconds


@dataclass(frozen=True)
class Freshness:
    """Seconds from the answer to whoever wrote an idea until a search finds it."""

    ideas: int
    p50_s: float
    p95_s: float
    worst_s: float


@dataclass
class SearchFigures:
    """Everything that was measured. Takes: web_bytes, resident memory of the largest web process (0: not measured)."""

    about: dict[str, Any]
    indexing: Indexing | None = None
    lines: list[Line] = field(default_factory=list)
    web_bytes: int = 0
    web_bytes_with_meaning: int = 0
    freshness: Freshness | None = None


def table(lines: Sequence[Line]) -> str:
    """A line a question; times in milliseconds, the second group with all visitors at once."""
    return aligned([_HEAD, *map(_row, lines)], numbers=_NUMBERS)


def in_words(figures: SearchFigures) -> list[str]:
    """What is no question: how the index was made, what it takes, how soon something new is found."""
    made, fresh = figures.indexing, figures.freshness
    told = []
    if made is not None:
        cpu_ms = 1000 * (made.cpu_seconds + made.database_cpu_seconds) / made.documents
        told.append(
            f"Index: {made.documents:,} documents in {made.seconds:.0f} s, {made.per_second:,.0f} a second by the "
            f"clock; {cpu_ms:.2f} ms of CPU each; {made.bytes / MILLION:.0f} MB on disk."
        )
    if figures.web_bytes:
        told.append(f"Memory: {figures.web_bytes / MILLION:.0f} MB resident in the largest web process.")
    if figures.web_bytes_with_meaning:
        told.append(f"Memory with meaning: {figures.web_bytes_with_meaning / MILLION:.0f} MB.")
    if fresh is not None:
        told.append(
            f"New ideas were found after {fresh.p50_s:.2f} s (p50), {fresh.p95_s:.2f} s (p95), "
            f"{fresh.worst_s:.2f} s at the latest of {fresh.ideas}."
        )
    return told


def write_json(path: Path, figures: SearchFigures) -> None:
    """Everything that was measured."""
    made = figures.indexing
    questions: list[Mapping[str, Any]] = [
        {"question": line.name, "aims_p95_ms": line.aims, "verdict": line.verdict, **asdict(line.measured)}
        for line in figures.lines
    ]
    document = {
        **figures.about,
        "indexing": {**asdict(made), "per_second": made.per_second} if made else None,
        "web_resident_bytes": figures.web_bytes,
        "web_resident_bytes_with_meaning": figures.web_bytes_with_meaning,
        "freshness": asdict(figures.freshness) if figures.freshness else None,
        "questions": questions,
    }
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def _row(line: Line) -> tuple[str, ...]:
    measured = line.measured
    return (
        line.name,
        f"{measured.web_cpu_ms:.1f}",
        f"{measured.database_cpu_ms:.1f}",
        f"{measured.p50_ms:.1f}",
        f"{measured.p95_ms:.1f}",
        f"{measured.p99_ms:.1f}",
        f"{measured.requests_per_second:.0f}",
        f"{measured.p50_ms_together:.1f}",
        f"{measured.p95_ms_together:.1f}",
        f"{measured.p99_ms_together:.1f}",
        line.verdict,
    )
