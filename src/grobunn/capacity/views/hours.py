"""One's own hours of this week and the last: a tap for each thing that one helps."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grobunn.capacity.addresses import address
from grobunn.capacity.claims import Described, described, helped_by
from grobunn.capacity.forms.hours import HoursForm
from grobunn.capacity.kinds import Kind
from grobunn.capacity.queries.hours import own_hours
from grobunn.capacity.services.hours import monday_of, tell_hours
from grobunn.capacity.views.pages import page
from grobunn.capacity.words import amount_words
from grobunn.kernel import clock
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.access import asks_here
from grobunn.organisations.requests import TenantRequest, signed_in
from grobunn.ui import toasts

CHIPS = (Decimal(0), Decimal(1), Decimal(2), Decimal(4), Decimal("7.5"))


@dataclass(frozen=True)
class Week:
    """A week of one thing. Takes: told, None where nothing was told."""

    monday: date
    is_this: bool
    told: Decimal | None
    anchor: str

    @property
    def chips(self) -> list[tuple[str, str, bool]]:
        """What a tap sends, how it reads, and whether it is what was told."""
        return [
            (str(hours), amount_words(hours), hours == (self.told or 0) and self.told is not None) for hours in CHIPS
        ]

    @property
    def own(self) -> str:
        """One's own figure, where none of the others is it."""
        return amount_words(self.told) if self.told is not None and self.told not in CHIPS else ""


@dataclass(frozen=True)
class HelpRow:
    """Something that one helps, with its weeks."""

    claim: Described
    claim_id: str
    kind: Kind
    weeks: tuple[Week, ...]


@require_GET
@asks_here("capacity.tell_hours")
def show_hours(request: TenantRequest) -> HttpResponseBase:
    """What the reader helps, in other municipalities too, and the hours that they told."""
    user = signed_in(request)
    helped = helped_by(user.pk)
    this = monday_of(clock.today())
    mondays = (this, this - timedelta(weeks=1))
    told = own_hours(user.pk, weeks=mondays)
    names = described([(each.claim.sort, each.claim.id) for each in helped], actor=user)
    rows = [
        HelpRow(
            claim=names[each.claim.id],
            claim_id=str(each.claim.id),
            kind=Kind(kind),
            weeks=tuple(
                Week(
                    monday=monday,
                    is_this=monday == this,
                    told=told.get((each.claim.id, kind, monday)),
                    anchor=f"t-{each.claim.id.hex[:12]}-{kind}-{monday.isoformat()}",
                )
                for monday in mondays
            ),
        )
        for each in helped
        for kind in each.kinds
        if each.claim.id in names
    ]
    return page(request, "capacity/hours.html", rows=rows)


@require_POST
@asks_here("capacity.tell_hours")
def save_hours(request: TenantRequest) -> HttpResponse:
    """Keep what was tapped; the last tap holds."""
    form = HoursForm(request.POST)
    back = address("hours", request.municipality)
    if not form.is_valid():
        toasts.failure(request, " ".join(str(message) for messages in form.errors.values() for message in messages))
        return redirect(back)
    given = form.cleaned_data
    monday = monday_of(given["week"])
    try:
        tell_hours(
            signed_in(request), claim_id=given["claim"], kind=given["kind"], week_on=monday, hours=given["hours"]
        )
    except TransitionRefused as refused:
        toasts.failure(request, str(refused.message))
    else:
        toasts.success(request, _("Told: %(hours)s hours.") % {"hours": amount_words(given["hours"])})
    return redirect(f"{back}#t-{given['claim'].hex[:12]}-{given['kind']}-{monday.isoformat()}")
