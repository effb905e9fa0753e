"""What other pages show of pitch days: the thread of an idea, a cohort, a panel, the lists of programmes and panels."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django_scopes import scopes_disabled

from grobunn.juries.models import Entry, Panel
from grobunn.juries.occasions import occasion_of
from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor
from grobunn.organisations.models import Municipality
from grobunn.pitching.addresses import day_page, decide_page
from grobunn.pitching.models import PitchDay, Slot
from grobunn.pitching.queries.days import days_to_come, has_days
from grobunn.pitching.queries.minutes import day_of_panel
from grobunn.pitching.queries.proposals import is_kept_from
from grobunn.pitching.states import SlotState
from grobunn.programmes.models import Cohort, Team
from grobunn.ui.asides import Aside


def panel_occasion_page(panel: Panel) -> str:
    """The page of the day that a panel was made for."""
    day = day_of_panel(panel)
    return day_page(day) if day is not None else ""


def entry_page(entry: Entry) -> str:
    """Where the panel decides about an entry."""
    with scopes_disabled():
        slot = Slot.objects.filter(entry=entry).select_related("day__municipality", "team").first()
    return decide_page(slot) if slot is not None else ""


def on_thread(request: HttpRequest, team: Team, actor: Actor) -> str:
    """That a team pitches its idea, and what was decided, for whoever may see the day."""
    with scopes_disabled():
        found = Slot.objects.filter(team=team).exclude(state=SlotState.SKIPPED)
        slots = list(found.select_related("day__municipality", "day__panel", "team", "entry"))
    seen = [slot for slot in slots if permissions.is_allowed("pitching.view", actor, slot.day)]
    if not seen:
        return ""
    rows = [{"slot": slot, "day_url": day_page(slot.day), "outcome": _outcome(slot, actor)} for slot in seen]
    return render_to_string("pitching/_on_thread.html", {"rows": rows}, request=request)


def on_cohort(request: HttpRequest, cohort: Cohort, actor: Actor) -> str:
    """The pitch days of a cohort, and a way to make one."""
    days = list(PitchDay.objects.filter(cohort=cohort).order_by("on", "id"))
    may_make = permissions.is_allowed("pitching.make", actor, cohort.municipality)
    if not days and not may_make:
        return ""
    context = {"days": days, "may_make": may_make, "cohort": cohort, "municipality": cohort.municipality}
    return render_to_string("pitching/_on_cohort.html", context, request=request)


def on_lists(request: HttpRequest, municipality: Municipality, actor: Actor) -> str:
    """The pitch days to come, and the way to all of them and to a new one; for whoever works there."""
    if not permissions.is_allowed("pitching.view", actor, municipality):
        return ""
    may_make = permissions.is_allowed("pitching.make", actor, municipality)
    days = days_to_come(municipality)
    has_any = bool(days) or has_days(municipality)
    if not has_any and not may_make:
        return ""
    context = {"days": days, "has_any": has_any, "may_make": may_make, "municipality": municipality}
    return render_to_string("pitching/_on_lists.html", context, request=request)


def _outcome(slot: Slot, actor: Actor) -> object:
    if slot.entry is None or slot.decided_at is None or slot.day.panel is None or is_kept_from(actor, slot):
        return None
    return occasion_of(slot.day.panel).outcome(slot.entry.outcome)


ON_THREAD = Aside(name="pitch", order=40, make=on_thread)
ON_COHORT = Aside(name="pitch-days", order=60, make=on_cohort)
ON_LISTS = Aside(name="pitch-days", order=60, make=on_lists)
