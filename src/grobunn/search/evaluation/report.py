"""The figures of an evaluation, for people and for programs."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from grobunn.search.evaluation.measure import Figures, Measured

_HEAD = ("setting", "kind", "n", "recall@1", "recall@5", "MRR")


def table(measured: Mapping[str, Measured]) -> str:
    """A line for each setting and kind, in columns."""
    rows = [_HEAD]
    for name, setting in measured.items():
        rows += [(name, kind, *_told(figures)) for kind, figures in setting.by_kind.items()]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def unlike_lines(measured: Mapping[str, Measured]) -> str:
    """How many wrong answers are called the same, a line for each setting."""
    return "\n".join(
        f'{name}: {each.unlike.called_same} of {each.unlike.pairs} unlike pairs called "same" '
        f"({100 * each.unlike.share:.1f} %)"
        for name, each in measured.items()
    )


def write_json(path: Path, measured: Mapping[str, Measured], *, default: str) -> None:
    """The figures for a program."""
    settings = {
        name: {kind: asdict(figures) for kind, figures in each.by_kind.items()} for name, each in measured.items()
    }
    path.write_text(json.dumps({"default": default, "settings": settings}, indent=2) + "\n", encoding="utf-8")


def _told(figures: Figures) -> tuple[str, str, str, str]:
    shares = (figures.recall_at_1, figures.recall_at_5)
    return (str(figures.n), *(f"{100 * share:.1f} %" for share in shares), f"{figures.mrr:.3f}")  # type: ignore[return-value]
