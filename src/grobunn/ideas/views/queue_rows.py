"""A row of the queue as its template takes it: everything worked out, because a page has many."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from grobunn.ideas.due import due_of
from grobunn.ideas.models import heading_of
from grobunn.ideas.queries.life import holder_phrase
from grobunn.ideas.queries.queue import QueueRow
from grobunn.ideas.states import AWAITING_ANSWER, IdeaState
from grobunn.ideas.templatetags.ideas_words import short_day, state_color


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


def shown_rows(rows: list[QueueRow], *, slug: str, back: str) -> list[ShownRow]:
    """The rows of a page, in the reader's language. Takes: back, what each link carries on, to find the way back."""
    list_url = reverse("ideas:list", kwargs={"municipality": slug})
    return [_shown(row, url=f"{list_url}{row.reference}/", back=back) for row in rows]


def _shown(row: QueueRow, *, url: str, back: str) -> ShownRow:
    is_answerable = row.state in AWAITING_ANSWER
    due = due_of(row)
    due_words = (f"{due.words} {short_day(due.on)}" if due.on else due.words) if due else ""
    return ShownRow(
        reference=row.reference,
        heading=heading_of(row.title, row.text),
        link=f"{url}?{back}",
        forward_link=f"{url}steg/forward/?{back}" if is_answerable else "",
        park_link=f"{url}steg/park/?{back}" if is_answerable else "",
        facts=_facts(row),
        state=str(IdeaState(row.state).label),
        state_color=state_color(row.state),
        due=due_words,
        due_color=due.color if due else "",
    )


def _facts(row: QueueRow) -> str:
    holder = holder_phrase(row.holder_role, row.holder_unit__name or "")
    facts = [row.reference, short_day(row.submitted_at)]
    if row.unit__name and row.unit__name != row.holder_unit__name:
        facts.append(row.unit__name)
    facts.append(f"{row.holder__name} ({holder})" if row.holder__name else capfirst(holder))
    if row.writer_told_late_at and row.state in AWAITING_ANSWER:
        facts.append(_("The writer has been told that it is late"))
    if row.is_synthetic:
        facts.append(_("Synthetic"))
    return " · ".join(facts)
