"""How search stands on this machine, in lines for whoever runs it: `grobunn search status`."""

from collections.abc import Iterator
from pathlib import Path

from django.db.models import Count
from django_scopes import scopes_disabled

from grobunn.search.engine.words.files import place
from grobunn.search.engine.words.health import IndexHealth, IndexState, index_health
from grobunn.search.meaning import status as meaning
from grobunn.search.meaning.weights import AS_DELIVERED, in_use
from grobunn.search.models import IndexedDocument, Judgement, NotSame

_INDEX = {
    IndexState.OFF: "none: this installation searches in PostgreSQL alone",
    IndexState.MISSING: "none yet: PostgreSQL answers meanwhile; `grobunn search rebuild` makes one",
    IndexState.DAMAGED: "cannot be read: PostgreSQL answers meanwhile; the indexer makes it anew",
    IndexState.FOREIGN: "of another database, or too old: PostgreSQL answers meanwhile; the indexer makes it anew",
    IndexState.BEHIND: "behind",
    IndexState.UNKNOWN: "not known: the database does not answer",
    IndexState.OK: "keeps up",
}
_MEANING = {
    "off": "switched off: words alone are compared",
    "not installed": "the chosen model is not on this machine: words alone are compared",
    "extension": "PostgreSQL lacks a usable pgvector: words alone are compared",
    "unknown": "not known: the database does not answer",
    "beginning": "is learning the first texts",
    "changing": "is learning; the model before answers meanwhile",
    "on": "answers",
}


def standing() -> Iterator[tuple[str, str]]:
    """What there is, and what is told of it: documents, index, meaning, judgements, weights. Changes nothing."""
    yield "Documents", _documents()
    health = index_health()
    yield "Index of words", _index(health)
    yield "Meaning", _meaning()
    yield "People said", f"{Judgement.objects.count()} × this helped, {NotSame.objects.count()} × not the same"
    weights = in_use()
    origin = "as delivered" if weights == AS_DELIVERED else "tuned here"
    yield "Weights", f"words {weights.words}, lead from {weights.lead} ({origin})"


def size_of(folder: Path) -> int:
    """Bytes of the files in a folder; one that goes while it is counted counts for nothing."""
    total = 0
    for file in folder.rglob("*"):
        try:
            total += file.stat().st_size if file.is_file() else 0
        except OSError:
            continue
    return total


def _documents() -> str:
    with scopes_disabled():
        counted = dict(IndexedDocument.objects.order_by("kind").values_list("kind").annotate(Count("id")))
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(counted.items(), key=lambda each: -each[1]))
    return f"{sum(counted.values()):,}" + (f" ({kinds})" if kinds else "")


def _index(health: IndexHealth) -> str:
    told = _INDEX[health.state]
    if health.state in {IndexState.OK, IndexState.BEHIND}:
        told += f", changes waiting: {health.waiting:,}"
    current = place().current() if health.state is not IndexState.OFF else None
    return told if current is None else f"{told}; {size_of(current) / 1e6:.1f} MB in {current}"


def _meaning() -> str:
    found = meaning.status()
    told = _MEANING[found.state]
    if not found.is_on:
        return told
    where = f"; texts are sent to {found.host}" if found.host else ""
    return f"{found.model} {told}, texts waiting for their vectors: {found.waiting:,}{where}"
