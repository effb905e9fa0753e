"""From an idea to an initiative: the page where work begins, or is refused with the ways on."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grobunn.capacity.errors import CapacityExceeded
from grobunn.capacity.forms.need import NeedForm
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.room import Line, free_from, moved_by, shortfalls_of
from grobunn.capacity.shown import missing_of
from grobunn.ideas.models import Idea
from grobunn.ideas.queries.ideas import idea_by_reference, last_change
from grobunn.ideas.queries.queue import forget_queue_counts
from grobunn.ideas.states import MACHINE, MESSAGES, UNDO_MINUTES, IdeaState
from grobunn.ideas.views.addresses import back_to_queue, from_queue
from grobunn.ideas.views.pages import thread_url
from grobunn.initiatives.forms.starting import JoinForm, StartForm, named
from grobunn.initiatives.forms.ways import LATER, RAISE, WAIT, WaysForm
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.in_the_way import in_the_way_of, raisers_of
from grobunn.initiatives.queries.initiatives import initiative_of_idea, open_to_ideas
from grobunn.initiatives.services.start import Beginning, join_idea, start_initiative
from grobunn.initiatives.services.ways import raise_and_start, wait_for_room
from grobunn.kernel import permissions
from grobunn.kernel.permissions import requires
from grobunn.kernel.statemachine import SomebodyWasFirst, TransitionRefused
from grobunn.organisations.models import Unit
from grobunn.organisations.queries import open_units
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import refusals, toasts

Forms = tuple[StartForm, NeedForm, WaysForm]


@require_http_methods(["GET", "POST"])
@requires("ideas.handle")
def start(request: TenantRequest, municipality: str, reference: str) -> HttpResponse:
    """Begin work on an idea: with an owner, a milestone and room for it, or not at all."""
    idea = _idea(request, reference)
    there = _way_past(request, idea)
    if there is not None:
        return there
    unit = _unit(request, idea)
    if request.method == "GET" or "velg" in request.POST:
        return _page(request, idea, *_unsent(request, idea, unit))
    form, need = StartForm(request.POST, idea=idea, unit=unit), _need(unit, request.POST)
    way, _colon, quarter = request.POST.get("vei", "").partition(":")
    ways = WaysForm(request.POST, way=way)
    if way == WAIT:
        return _wait(request, idea, form, need, ways)
    # Each is asked, so that everything that is missing is said at once.
    if not all([form.is_valid(), need.is_valid(), ways.is_valid()]):
        return _page(request, idea, form, need, ways=ways, status=422)
    lines = _begun_in(quarter, need.lines()) if way == LATER else need.lines()
    return _begin(request, idea, (form, need, ways), form.beginning(lines))


def _begin(request: TenantRequest, idea: Idea, forms: Forms, beginning: Beginning) -> HttpResponse:
    form, need, ways = forms
    try:
        if form.cleaned_data["version"] not in (None, idea.version):
            raise SomebodyWasFirst(MESSAGES.somebody_was_first)
        given: dict[str, Any] = {"beginning": beginning, "ideas": [idea], "actor": request.user}
        if ways.way == RAISE:
            initiative = raise_and_start(idea.municipality, reason=ways.cleaned_data["raise_reason"], **given)
        else:
            initiative = start_initiative(idea.municipality, **given)
    except CapacityExceeded as refusal:
        return _page(request, idea, form, need, ways=ways, refusal=refusal, status=409)
    except TransitionRefused as refusal:
        refusals.say_in(form, refusal)
    else:
        return _done(request, idea, initiative)
    return _page(request, idea, form, need, ways=ways, status=422)


def _wait(request: TenantRequest, idea: Idea, form: StartForm, need: NeedForm, ways: WaysForm) -> HttpResponse:
    """Park it until there is room: of all that was written, only the need is asked for."""
    if need.is_valid() and ways.is_valid():
        given = ways.cleaned_data
        try:
            wait_for_room(
                idea,
                unit=form.shown_unit,
                lines=need.lines(),
                until=given["wait_until"],
                reason=given["wait_reason"],
                actor=request.user,
            )
        except TransitionRefused as refusal:
            ways.add_error("wait_until", str(refusal.message))
        else:
            return _parked(request, idea)
    lines = need.lines() if need.is_bound and need.is_valid() else []
    short = shortfalls_of(lines)
    refused = CapacityExceeded(short, free_from=free_from(lines)) if short else None
    unbound, _need_again = _unsent(request, idea, form.shown_unit)
    return _page(request, idea, unbound, need, ways=ways, refusal=refused, status=422)


def _begun_in(code: str, lines: list[Line]) -> list[Line]:
    """The same need, begun in the quarter that was offered; an unknown one is passed over."""
    try:
        quarters = Quarter.read(code) - min(line.quarter for line in lines)
    except ValueError:
        return lines
    return moved_by(lines, max(0, quarters))


def _unsent(request: TenantRequest, idea: Idea, unit: Unit) -> tuple[StartForm, NeedForm]:
    """The forms as they are first shown, or with what was written so far when another unit is chosen."""
    given = request.POST.dict() if request.method == "POST" else {}
    form = StartForm(idea=idea, unit=unit, initial={**given, "unit": unit.pk})
    return form, _need(unit, initial={name.removeprefix("need-"): value for name, value in given.items()})


def _need(unit: Unit, data: QueryDict | None = None, **given: Any) -> NeedForm:
    return NeedForm(data, unit=unit, prefix="need", shows_full=True, **given)


@require_POST
@requires("ideas.handle")
def join(request: TenantRequest, municipality: str, reference: str) -> HttpResponse:
    """Let an idea feed an initiative that is there already."""
    idea = _idea(request, reference)
    there = _way_past(request, idea)
    if there is not None:
        return there
    unit = _unit(request, idea)
    joinable = open_to_ideas(request.user, municipality_id=idea.municipality_id)
    form = JoinForm(request.POST, open_to_it=joinable, near=unit)
    if form.is_valid():
        initiative: Initiative = form.cleaned_data["into"]
        try:
            join_idea(initiative, idea, actor=request.user, reason=form.cleaned_data["reason"])
        except TransitionRefused as refusal:
            refusals.say_in(form, refusal)
        else:
            return _done(request, idea, initiative)
    return _page(request, idea, StartForm(idea=idea, unit=unit), _need(unit), join_form=form, status=422)


def _idea(request: TenantRequest, reference: str) -> Idea:
    idea = idea_by_reference(reference, actor=request.user)
    if idea is None:
        raise Http404
    permissions.check("ideas.handle", request.user, idea)
    return idea


def _way_past(request: TenantRequest, idea: Idea) -> HttpResponse | None:
    """Where to go when there is nothing to begin here: somebody carries it already, or it cannot be started."""
    if initiative_of_idea(idea.pk) is not None:
        toasts.info(request, _("Work on this idea has begun already."))
        return redirect(thread_url(idea, request.user))
    is_uncarried = idea.state == IdeaState.STARTED
    if not is_uncarried and idea.state not in MACHINE.by_name["start"].sources:
        toasts.warning(request, MESSAGES.not_possible_now)
        return redirect(thread_url(idea, request.user))
    return None


def _unit(request: TenantRequest, idea: Idea) -> Unit:
    """The unit that the page is about: the chosen one, else the idea's own, else its holder's, else the first."""
    units = open_units(idea.municipality_id)
    chosen = request.POST.get("unit") or request.GET.get("enhet", "")
    try:
        found = units.filter(pk=UUID(chosen)).first() if chosen else None
    except ValueError:
        found = None
    found = found or units.filter(pk__in=[idea.unit_id or idea.holder_unit_id]).first() or units.first()
    if found is None:
        raise Http404
    return found


def _page(
    request: TenantRequest,
    idea: Idea,
    form: StartForm,
    need: NeedForm,
    *,
    join_form: JoinForm | None = None,
    ways: WaysForm | None = None,
    refusal: CapacityExceeded | None = None,
    status: int = 200,
) -> HttpResponse:
    joinable = open_to_ideas(request.user, municipality_id=idea.municipality_id)
    context = {
        "form": form,
        "need": need,
        "join_form": join_form or JoinForm(open_to_it=joinable, near=form.shown_unit),
        "may_join": joinable.exists(),
        "idea": idea,
        "municipality": idea.municipality,
        "here": from_queue(request.GET),
        "back": f"{thread_url(idea, request.user)}{from_queue(request.GET)}",
        "undo_minutes": UNDO_MINUTES,
        **(_ways_on(request, refusal, ways) if refusal else {}),
    }
    return render(request, "initiatives/start.html", context, status=status)


def _ways_on(request: TenantRequest, refusal: CapacityExceeded, ways: WaysForm | None) -> dict[str, Any]:
    """What is missing, and everything that the ways on need."""
    missing = missing_of(refusal, actor=request.user)
    sources = {each.source.pk: each.source for each in refusal.shortfalls}
    shown = ways if ways is not None and ways.errors else WaysForm(free_from=refusal.free_from)
    return {
        # Raising is one of the ways on, here: no second button leads away from the form.
        "missing": replace(missing, rows=tuple(replace(row, raise_url="") for row in missing.rows)),
        "may_raise": missing.may_raise,
        "ways": shown,
        "later": f"{LATER}:{refusal.free_from.code}" if refusal.free_from else "",
        "raisers": [] if missing.may_raise else [named(each) for each in raisers_of(sources.values())],
        "in_the_way": in_the_way_of(refusal.shortfalls, actor=request.user),
    }


def _parked(request: TenantRequest, idea: Idea) -> HttpResponse:
    """Back, with the place in the queue in the message."""
    forget_queue_counts(request.user, municipality_id=idea.municipality_id)
    text = _("Parked: it waits for room. The mail goes in %(minutes)s minutes.") % {"minutes": UNDO_MINUTES}
    toasts.success(request, text, undo_url=_undo_url(idea))
    return redirect(back_to_queue(idea.municipality.slug, request.GET) or thread_url(idea, request.user))


def _done(request: TenantRequest, idea: Idea, initiative: Initiative) -> HttpResponse:
    """Back to the queue or to the thread, with a way to take it back for as long as nobody has been told."""
    forget_queue_counts(request.user, municipality_id=idea.municipality_id)
    text = _("Work has begun: %(title)s. The mail goes in %(minutes)s minutes.") % {
        "title": initiative.title,
        "minutes": UNDO_MINUTES,
    }
    toasts.success(request, text, undo_url=_undo_url(idea))
    return redirect(back_to_queue(idea.municipality.slug, request.GET) or thread_url(idea, request.user))


def _undo_url(idea: Idea) -> str:
    change = last_change(idea)
    if change is None or change.edge not in ("start", "park"):
        return ""
    where = {"municipality": idea.municipality.slug, "reference": idea.reference, "change_id": change.pk}
    return reverse("ideas:undo", kwargs=where)
