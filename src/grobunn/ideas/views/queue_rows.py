"""A row of the queue as its template takes it: everything worked out, because a page has many."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from grobunn.ideas.due import due_of
from grobunn.ideas.models import heading_of
from grobunn.ideas.queries.life import holder_phrase
from grobunn.ideas.queries.queue import QueueRow
from grobunn.ideas.states import AWAITING_ANSWER, IdeaState
from grobunn.ideas.templatetags.ideas_words import short_day, state_color
from grobunn.ideas.waking import WaitsFor


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One idea in the queue; the links of steps are "" where it waits for no answer."""

    reference: str
    heading: str
    link: str
    forward_link: str
    park_link: str
    facts: str
    state: str
    state_color: str
    due: str
    due_color: str


def shown_rows(
    rows: list[QueueRow], *, slug: str, back: str, places: Mapping[UUID, int] | None = None
) -> list[ShownRow]:
    """The rows of a page, in the reader's language.

    Takes: back, what each link carries on, to find the way back; places in the queue for capacity, by idea.
    """
    list_url = reverse("ideas:list", kwargs={"municipality": slug})
    return [_shown(row, url=f"{list_url}{row.reference}/", back=back, place=(places or {}).get(row.id)) for row in rows]


def _shown(row: QueueRow, *, url: str, back: str, place: int | None) -> ShownRow:
    is_answerable = row.state in AWAITING_ANSWER
    due = due_of(row)
    due_words = (f"{due.words} {short_day(due.on)}" if due.on else due.words) if due else ""
    return ShownRow(
        reference=row.reference,
        heading=heading_of(row.title, row.text),
        link=f"{url}?{back}",
        forward_link=f"{url}steg/forward/?{back}" if is_answerable else "",
        park_link=f"{url}steg/park/?{back}" if is_answerable else "",
        facts=_facts(row, place),
        state=str(IdeaState(row.state).label),
        state_color=state_color(row.state),
        due=due_words,
        due_color=due.color if due else "",
    )


def _facts(row: QueueRow, place: int | None) -> str:
    holder = holder_phrase(row.holder_role, row.holder_unit__name or "")
    facts = [row.reference, short_day(row.submitted_at)]
    if row.unit__name and row.unit__name != row.holder_unit__name:
        facts.append(row.unit__name)
    facts.append(f"{row.holder__name} ({holder})" if row.holder__name else capfirst(holder))
    if row.writer_told_late_at and row.state in AWAITING_ANSWER:
        facts.append(_("The writer has been told that it is late"))
    if row.state == IdeaState.PARKED:
        facts += _waiting(row, place)
    if row.is_synthetic:
        facts.append(_("Synthetic"))
    return " · ".join(facts)


def _waiting(row: QueueRow, place: int | None) -> list[str]:
    """What a parked idea waits for, and its place in the queue for capacity."""
    what = [str(WaitsFor(row.waits_for).label)] if row.waits_for not in ("", WaitsFor.DATE) else []
    what += [row.parked_condition] if row.parked_condition else []
    waits = [_("Waits for: %(what)s") % {"what": ", ".join(what)}] if what else []
    return [*waits, *([_("Number %(place)s in the queue") % {"place": place}] if place else [])]
