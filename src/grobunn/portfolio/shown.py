"""Cards as the board shows them: everything in words, so that a hundred cost little to write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from grobunn.capacity.quarters import Quarter
from grobunn.initiatives.models import Signal
from grobunn.organisations.models import Municipality, Role
from grobunn.portfolio import addresses
from grobunn.portfolio.ages import days_since, in_words
from grobunn.portfolio.asked import FilterForm
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
    notes: tuple[str, ...]
    move_url: str
    reference: str


@dataclass(frozen=True)
class ShownColumn:
    """A column. Takes: count, how many stand in it; more, how many of them are not shown; stuck, of what goes on."""

    code: str
    label: str
    url: str
    count: int
    more: int
    stuck: int
    stuck_url: str
    cards: tuple[Card, ...]


def columns_of(
    standings: Sequence[Standing], *, municipality: Municipality, form: FilterForm, spans: Spans
) -> list[ShownColumn]:
    """The columns of a board. Takes: form, what it is narrowed to; every link leads to as much."""
    write = _Writing.of(municipality, form)
    return [
        ShownColumn(
            code=standing.column.value,
            label=str(standing.column.label),
            url=addresses.page("list", municipality, form.address(trinn=standing.column.value)),
            count=standing.count,
            more=standing.more,
            stuck=0 if standing.column in ENDS else standing.by_signal.get(Signal.STUCK, 0),
            stuck_url=addresses.page(
                "list", municipality, form.address(trinn=standing.column.value, signal=Signal.STUCK.value)
            ),
            cards=tuple(write.card(row, spans.get(row.id)) for row in standing.cards),
        )
        for standing in standings
    ]


@dataclass(frozen=True)
class _Writing:
    """What all cards share, looked up once. Takes: back, the query of the board, kept on the way to moving a card."""

    page: str
    move: str
    back: str
    roles: Mapping[str, str]

    @classmethod
    def of(cls, municipality: Municipality, form: FilterForm) -> Self:
        return cls(
            page=_address("initiatives:initiative", municipality),
            move=_address("portfolio:move", municipality),
            back=f"?{form.query}" if form.query else "",
            roles={role.value: str(role.label) for role in Role},
        )

    def card(self, row: CardRow, span: tuple[Quarter, Quarter] | None) -> Card:
        has_ended = row.column in ENDS
        return Card(
            title=row.title,
            url=self.page.replace(_ANY, row.reference),
            signal="" if has_ended else row.signal,
            status=row.status,
            who=f"{self.roles[row.owner_role]} · {row.unit__name}",
            since=since_words(row),
            quarters=span_words(span),
            notes=_notes(row),
            move_url="" if has_ended else f"{self.move.replace(_ANY, row.reference)}{self.back}",
            reference=row.reference,
        )


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


def _notes(row: CardRow) -> tuple[str, ...]:
    notes = []
    if row.is_owner_asked:
        notes.append(_("The new owner has not said yes"))
    if row.is_synthetic:
        notes.append(_("Synthetic"))
    return tuple(notes)


def _address(name: str, municipality: Municipality) -> str:
    """An address with a place for the reference: looked up once, not once for each card."""
    return reverse(name, kwargs={"municipality": municipality.slug, "reference": _ANY})
