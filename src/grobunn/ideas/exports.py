"""What an export of the queue holds: a row for each idea. Names of people, addresses and receipt codes stay out."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from grobunn.ideas.models import Idea, IdeaKind, Visibility
from grobunn.ideas.states import IdeaState
from grobunn.organisations.models import Role

HEADS = (
    _("Reference"),
    _("Title"),
    _("Text"),
    _("State"),
    _("Kind"),
    _("Unit"),
    _("Received"),
    _("Held by"),
    _("Unit of the holder"),
    _("Answer by"),
    _("First answered"),
    _("Answered in time"),
    _("Parked until"),
    _("May be read by"),
    _("Synthetic"),
)
_FIELDS = (
    "reference",
    "title",
    "text",
    "state",
    "kind",
    "unit__name",
    "submitted_at",
    "holder_role",
    "holder_unit__name",
    "answer_due_on",
    "first_answered_at",
    "is_answered_in_time",
    "parked_until",
    "visibility",
    "is_synthetic",
)
_CHUNK = 500


def export_rows(ideas: QuerySet[Idea]) -> Iterator[list[Any]]:
    """The cells of each idea under HEADS, in the reader's language, without holding them all in memory."""
    yes, no = str(_("yes")), str(_("no"))
    for row in ideas.values_list(*_FIELDS, named=True).iterator(chunk_size=_CHUNK):
        yield [
            row.reference,
            row.title,
            row.text,
            str(IdeaState(row.state).label),
            str(IdeaKind(row.kind).label) if row.kind else "",
            row.unit__name,
            row.submitted_at,
            str(Role(row.holder_role).label),
            row.holder_unit__name,
            row.answer_due_on,
            row.first_answered_at,
            {True: yes, False: no, None: ""}[row.is_answered_in_time],
            row.parked_until,
            str(Visibility(row.visibility).label),
            yes if row.is_synthetic else no,
        ]
