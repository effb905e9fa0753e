"""Taking a step with an idea: one page and one form for every edge of the table."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grobunn.ideas import starting
from grobunn.ideas.forms.steps import FORMS
from grobunn.ideas.models import Idea
from grobunn.ideas.placeholders import filled
from grobunn.ideas.queries.queue import forget_queue_counts
from grobunn.ideas.queries.reasons import reasons_for
from grobunn.ideas.services.transitions import move_idea
from grobunn.ideas.services.undo import undo
from grobunn.ideas.states import MACHINE
from grobunn.ideas.views.addresses import back_to_queue, from_queue
from grobunn.ideas.views.fetch import idea_or_404, with_receipt
from grobunn.ideas.views.pages import step_url, thread_url
from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor, ReceiptHolder
from grobunn.kernel.models import StateChange
from grobunn.kernel.permissions import open_to_all, requires
from grobunn.kernel.statemachine import Edge, TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import refusals, toasts

# What a link to a step may propose: the idea to merge with, the solution to point to.
PROPOSED = ("into", "solution")


@require_http_methods(["GET", "POST"])
@requires("ideas.view")
def take_step(request: TenantRequest, municipality: str, reference: str, edge: str) -> HttpResponse:
    """One step of an idea by a signed-in person; work begins on the page of whoever says how."""
    idea = idea_or_404(request, reference)
    how = starting.starter()
    if edge == "start" and how is not None:
        return redirect(f"{how.page(idea)}{from_queue(request.GET)}")
    return _step(request, idea, edge, actor=request.user)


@require_http_methods(["GET", "POST"])
@open_to_all("Whoever has the receipt code is the writer.")
@with_receipt
def reply_by_receipt(request: TenantRequest, idea: Idea, holder: ReceiptHolder) -> HttpResponse:
    """The writer answers a question, without an account."""
    return _step(request, idea, "reply", actor=holder)


@require_http_methods(["GET", "POST"])
@open_to_all("Whoever has the receipt code is the writer.")
@with_receipt
def withdraw_by_receipt(request: TenantRequest, idea: Idea, holder: ReceiptHolder) -> HttpResponse:
    """The writer takes the idea back, without an account."""
    return _step(request, idea, "withdraw", actor=holder)


def _step(request: TenantRequest, idea: Idea, edge_name: str, *, actor: Actor) -> HttpResponse:
    edge = MACHINE.by_name.get(edge_name)
    if edge is None or edge_name not in FORMS:
        raise Http404
    permissions.check(edge.permission, actor, idea)
    proposed = {name: request.GET[name] for name in PROPOSED if name in request.GET}
    form = FORMS[edge_name](request.POST or None, idea=idea, actor=actor, initial=proposed)
    if request.method == "POST" and form.is_valid():
        try:
            change = move_idea(idea, edge_name, actor=actor, version=form.cleaned_data["version"], **form.arguments())
        except TransitionRefused as refusal:
            refusals.say_in(form, refusal)
        else:
            _tell(request, idea, edge, change)
            return redirect(_afterwards(request, idea, actor))
    context = {
        "form": form,
        "idea": idea,
        "edge": edge,
        "municipality": idea.municipality,
        "back": f"{thread_url(idea, actor)}{from_queue(request.GET)}",
        "action": f"{step_url(idea, edge_name, actor)}{from_queue(request.GET)}",
        "reasons": _reasons(idea, edge, actor),
    }
    return render(request, "ideas/step.html", context, status=422 if form.errors else 200)


def _afterwards(request: TenantRequest, idea: Idea, actor: Actor) -> str:
    """Back to the queue, where it was left, or to the thread for whoever did not come from there."""
    if actor.pk is not None:
        forget_queue_counts(actor, municipality_id=idea.municipality_id)
    return back_to_queue(idea.municipality.slug, request.GET) or thread_url(idea, actor)


def _reasons(idea: Idea, edge: Edge, actor: Actor) -> list[tuple[str, str]]:
    """Ready reasons by name, for those who answer for the municipality, with what they say of this idea filled in."""
    if edge.permission != "ideas.handle":
        return []
    ready = reasons_for(idea.municipality, edge.name, language=idea.language)
    return [(reason.name, filled(reason.text, idea)) for reason in ready]


def _tell(request: TenantRequest, idea: Idea, edge: Edge, change: StateChange) -> None:
    if not edge.undo_minutes or change.actor_id is None:
        toasts.success(request, _("Done: %(step)s.") % {"step": str(edge.label)})
        return
    where = {"municipality": idea.municipality.slug, "reference": idea.reference, "change_id": change.pk}
    text = _("Done: %(step)s. The mail goes in %(minutes)s minutes.") % {
        "step": str(edge.label),
        "minutes": edge.undo_minutes,
    }
    toasts.success(request, text, undo_url=reverse("ideas:undo", kwargs=where), undo_fields={})


@require_POST
@requires("ideas.handle")
def undo_step(request: TenantRequest, municipality: str, reference: str, change_id: UUID) -> HttpResponse:
    """Take the last answer back."""
    idea = idea_or_404(request, reference)
    change = StateChange.objects.filter(pk=change_id, subject_id=idea.pk).first()
    if change is None:
        raise Http404
    try:
        undo(idea, change=change, actor=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Taken back. Nobody was told."))
    return redirect(thread_url(idea, request.user))
