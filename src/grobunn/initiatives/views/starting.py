"""From an idea to an initiative: the page where work begins, or is refused with the ways on."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grobunn.capacity.errors import CapacityExceeded
from grobunn.capacity.forms.need import NeedForm
from grobunn.capacity.shown import missing_of
from grobunn.ideas.models import Idea
from grobunn.ideas.queries.ideas import idea_by_reference, last_change
from grobunn.ideas.queries.queue import forget_queue_counts
from grobunn.ideas.states import MACHINE, MESSAGES, UNDO_MINUTES, IdeaState
from grobunn.ideas.views.addresses import back_to_queue, from_queue
from grobunn.ideas.views.pages import thread_url
from grobunn.initiatives.forms.starting import JoinForm, StartForm
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.initiatives import initiative_of_idea, open_to_ideas
from grobunn.initiatives.services.start import NotReadyToStart, join_idea, start_initiative
from grobunn.kernel import permissions
from grobunn.kernel.permissions import requires
from grobunn.kernel.statemachine import SomebodyWasFirst, TransitionRefused
from grobunn.organisations.models import Unit
from grobunn.organisations.queries import open_units
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import toasts


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
    if not (form.is_valid() & need.is_valid()):
        return _page(request, idea, form, need, status=422)
    return _begin(request, idea, form, need)


def _begin(request: TenantRequest, idea: Idea, form: StartForm, need: NeedForm) -> HttpResponse:
    try:
        if form.cleaned_data["version"] not in (None, idea.version):
            raise SomebodyWasFirst(MESSAGES.somebody_was_first)
        beginning = form.beginning(need.lines())
        initiative = start_initiative(idea.municipality, beginning=beginning, ideas=[idea], actor=request.user)
    except CapacityExceeded as refusal:
        return _page(request, idea, form, need, refusal=refusal, status=409)
    except NotReadyToStart as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal.message))
    else:
        return _done(request, idea, initiative)
    return _page(request, idea, form, need, status=422)


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
    form = JoinForm(request.POST, open_to_it=open_to_ideas(request.user, municipality_id=idea.municipality_id))
    if form.is_valid():
        initiative: Initiative = form.cleaned_data["into"]
        try:
            join_idea(initiative, idea, actor=request.user, reason=form.cleaned_data["reason"])
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return _done(request, idea, initiative)
    unit = _unit(request, idea)
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
    refusal: CapacityExceeded | None = None,
    status: int = 200,
) -> HttpResponse:
    joinable = open_to_ideas(request.user, municipality_id=idea.municipality_id)
    context = {
        "form": form,
        "need": need,
        "join_form": join_form or JoinForm(open_to_it=joinable),
        "may_join": joinable.exists(),
        "missing": missing_of(refusal, actor=request.user) if refusal else None,
        "idea": idea,
        "municipality": idea.municipality,
        "here": from_queue(request.GET),
        "back": f"{thread_url(idea, request.user)}{from_queue(request.GET)}",
        "undo_minutes": UNDO_MINUTES,
    }
    return render(request, "initiatives/start.html", context, status=status)


def _done(request: TenantRequest, idea: Idea, initiative: Initiative) -> HttpResponse:
    """Back to the queue or to the thread, with a way to take it back for as long as nobody has been told."""
    forget_queue_counts(request.user, municipality_id=idea.municipality_id)
    change = last_change(idea)
    text = _("Work has begun: %(title)s. The mail goes in %(minutes)s minutes.") % {
        "title": initiative.title,
        "minutes": UNDO_MINUTES,
    }
    undo_url = ""
    if change is not None and change.edge == "start":
        where = {"municipality": idea.municipality.slug, "reference": idea.reference, "change_id": change.pk}
        undo_url = reverse("ideas:undo", kwargs=where)
    toasts.success(request, text, undo_url=undo_url)
    return redirect(back_to_queue(idea.municipality.slug, request.GET) or thread_url(idea, request.user))
