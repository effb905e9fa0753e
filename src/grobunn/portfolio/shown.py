"""Cards as the board shows them: everything in words, so that a hundred cost little to write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from grobunn.capacity.quarters import Quarter
from grobunn.organisations.models import Municipality, Role
from grobunn.portfolio.ages import days_since, in_words
from grobunn.portfolio.columns import ENDS, Column
from grobunn.portfolio.queries.board import CardRow, Standing
from grobunn.ui import dates

Spans = Mapping[UUID, tuple[Quarter, Quarter]]
_ANY = "x0x"


@dataclass(frozen=True)
class Card:
    """A card. Takes: signal, "" where it has ended; move_url, "" where there is nothing to move."""

    title: str
    url: str
    signal: str
    status: str
    who: str
    since: str
    quarters: str
    notes: Sequence[str]
    move_url: str
    reference: str


def cards_of(standing: Standing, *, municipality: Municipality, spans: Spans, back: str) -> list[Card]:
    """The cards of a column. Takes: back, the query of the board, kept on the way through the page of moving."""
    page = _address("initiatives:initiative", municipality)
    move = _address("portfolio:move", municipality)
    roles = {role.value: str(role.label) for role in Role}
    return [
        Card(
            title=row.title,
            url=page.replace(_ANY, row.reference),
            signal="" if standing.column in ENDS else row.signal,
            status=row.status,
            who=f"{roles[row.owner_role]} · {row.unit__name}",
            since=since_words(row),
            quarters=span_words(spans.get(row.id)),
            notes=_notes(row),
            move_url="" if standing.column in ENDS else f"{move.replace(_ANY, row.reference)}{back}",
            reference=row.reference,
        )
        for row in standing.cards
    ]


def since_words(row: CardRow) -> str:
    """How long it has stood where it stands; of what has ended, the day."""
    if row.column == Column.PAUSED:
        until = dates.day(row.paused_until) if row.paused_until else "–"
        return _("on hold for %(age)s, until %(day)s") % {"age": in_words(days_since(row.state_since)), "day": until}
    if row.ended_at is not None and row.column in ENDS:
        return dates.day(row.ended_at)
    return _("%(age)s in this stage") % {"age": in_words(days_since(row.stage_since))}


def span_words(span: tuple[Quarter, Quarter] | None) -> str:
    """The quarters that it holds capacity in."""
    if span is None:
        return ""
    first, last = span
    return str(first) if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def _notes(row: CardRow) -> list[str]:
    notes = []
    if row.is_owner_asked:
        notes.append(_("The new owner has not said yes"))
    if row.is_synthetic:
        notes.append(_("Synthetic"))
    return notes


def _address(name: str, municipality: Municipality) -> str:
    """An address with a place for the reference: looked up once, not once for each card."""
    return reverse(name, kwargs={"municipality": municipality.slug, "reference": _ANY})
