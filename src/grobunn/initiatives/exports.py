"""What an export of the list holds: a row for each initiative. Owners stand as roles; no other person is named."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.initiatives.models import Initiative, Signal
from grobunn.initiatives.states import InitiativeState
from grobunn.methods.stages import Stage
from grobunn.organisations.models import Role

HEADS = (
    _("Reference"),
    _("Title"),
    _("Hoped-for benefit"),
    _("State"),
    _("Stage"),
    _("How it goes"),
    _("In one sentence"),
    _("Unit"),
    _("Owner"),
    _("Unit of the owner"),
    pgettext_lazy("initiative", "Began"),
    _("First quarter"),
    _("Next report"),
    pgettext_lazy("initiative", "Ended"),
    _("Synthetic"),
)
_FIELDS = (
    "reference",
    "title",
    "hypothesis",
    "state",
    "stage",
    "signal",
    "status",
    "unit__name",
    "owner_role",
    "owner_unit__name",
    "started_at",
    "first_quarter_on",
    "report_due_on",
    "ended_at",
    "is_synthetic",
)
_CHUNK = 500


def export_rows(initiatives: QuerySet[Initiative]) -> Iterator[list[Any]]:
    """The cells of each initiative under HEADS, in the reader's language, without holding them all in memory."""
    yes, no = str(_("yes")), str(_("no"))
    rows = initiatives.order_by("-started_at", "-id").select_related(None)
    for row in rows.values_list(*_FIELDS, named=True).iterator(chunk_size=_CHUNK):
        yield [
            row.reference,
            row.title,
            row.hypothesis,
            str(InitiativeState(row.state).label),
            str(Stage(row.stage).label),
            str(Signal(row.signal).label),
            row.status,
            row.unit__name,
            str(Role(row.owner_role).label),
            row.owner_unit__name,
            row.started_at,
            row.first_quarter_on,
            row.report_due_on,
            row.ended_at,
            yes if row.is_synthetic else no,
        ]
