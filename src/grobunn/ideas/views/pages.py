"""The page of one thread, composed once for whoever reads it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from grobunn.discussion.panel import panel_of
from grobunn.ideas import starting
from grobunn.ideas.asides import THREAD
from grobunn.ideas.models import Idea
from grobunn.ideas.queries.ideas import co_writers_of, photos_of
from grobunn.ideas.queries.life import LifeEntry, day_phrase, holder_phrase, life_of
from grobunn.ideas.queries.wordings import wording_changes
from grobunn.ideas.states import AWAITING_ANSWER, MACHINE, OPEN, IdeaState
from grobunn.ideas.views.addresses import back_to_queue, from_queue
from grobunn.ideas.waking import WaitsFor
from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor, ReceiptHolder
from grobunn.kernel.statemachine import Edge
from grobunn.organisations.queries import is_member
from grobunn.organisations.requests import TenantRequest


@dataclass(frozen=True)
class StepLink:
    """A button of the thread: what it does and where it leads."""

    edge: Edge
    url: str


def thread_page(request: TenantRequest, idea: Idea, *, actor: Actor) -> HttpResponse:
    """The thread as one actor sees it."""
    is_handler = permissions.is_allowed("ideas.handle", actor, idea)
    is_colleague = is_member(actor, idea.municipality_id)
    is_writer = permissions.is_allowed("ideas.reply", actor, idea)
    life = life_of(idea, is_member=is_colleague, is_handler=is_handler)
    context = {
        "idea": idea,
        "municipality": idea.municipality,
        "receipt": idea.receipt if isinstance(actor, ReceiptHolder) or is_writer else "",
        "by_receipt": isinstance(actor, ReceiptHolder),
        "holder": holder_phrase(idea.holder_role, idea.holder_unit.name if idea.holder_unit else ""),
        "due": day_phrase(idea.answer_due_on) if idea.answer_due_on and idea.state in OPEN else "",
        "life": life,
        "steps": _steps(idea, actor, from_queue(request.GET)),
        "waited_for": _waited_for(idea) if is_handler else "",
        "here": from_queue(request.GET),
        "back_to_queue": back_to_queue(idea.municipality.slug, request.GET),
        "looks_for_alike": is_handler and idea.state in AWAITING_ANSWER,
        "edit_url": _edit_url(idea, actor) if permissions.is_allowed("ideas.edit", actor, idea) else "",
        "wordings": wording_changes(idea) if (is_colleague or is_writer) and _is_edited(idea, life) else (),
        "may_join": permissions.is_allowed("ideas.join", actor, idea) and not is_writer and idea.state in OPEN,
        "co_writers": co_writers_of(idea) if is_colleague else (),
        "photos": photos_of(idea),
        "asides": THREAD.parts_of(request, idea, actor),
        "panel": panel_of("idea", idea, actor=actor),
    }
    return render(request, "ideas/thread.html", context)


def _is_edited(idea: Idea, life: list[LifeEntry]) -> bool:
    """Whether the words were changed, told without asking the database.

    Each step and each edit raises the version, which began at one with the first row of the life; only steps of the
    idea itself add such rows.
    """
    return idea.version > sum(entry.is_own for entry in life)


def _waited_for(idea: Idea) -> str:
    """What its holder is asked about on the day that an idea was parked until; "" where there is nothing to ask."""
    if idea.state != IdeaState.RECEIVED or not (idea.waits_for or idea.parked_condition):
        return ""
    sort = str(WaitsFor(idea.waits_for).label) if idea.waits_for not in ("", WaitsFor.DATE) else ""
    return ": ".join(part for part in (sort, idea.parked_condition) if part)


def _edit_url(idea: Idea, actor: Actor) -> str:
    if isinstance(actor, ReceiptHolder):
        return reverse("ideas:edit_by_receipt", kwargs={"receipt": idea.receipt})
    return reverse("ideas:edit", kwargs={"municipality": idea.municipality.slug, "reference": idea.reference})


def _steps(idea: Idea, actor: Actor, back: str) -> list[StepLink]:
    edges = MACHINE.available(idea, actor)
    return [StepLink(edge=edge, url=f"{step_url(idea, edge.name, actor)}{back}") for edge in edges]


def step_url(idea: Idea, edge_name: str, actor: Actor) -> str:
    """Where a step is taken: by receipt for the writer without an account; work begins where a feature says how."""
    if isinstance(actor, ReceiptHolder):
        name = {"reply": "ideas:reply_by_receipt", "withdraw": "ideas:withdraw_by_receipt"}[edge_name]
        return reverse(name, kwargs={"receipt": idea.receipt})
    how = starting.starter()
    if edge_name == "start" and how is not None:
        return how.page(idea)
    return reverse(
        "ideas:step",
        kwargs={"municipality": idea.municipality.slug, "reference": idea.reference, "edge": edge_name},
    )


def thread_url(idea: Idea, actor: Actor) -> str:
    """The thread's address for one actor."""
    if isinstance(actor, ReceiptHolder):
        return reverse("ideas:thread_by_receipt", kwargs={"receipt": idea.receipt})
    return reverse("ideas:thread", kwargs={"municipality": idea.municipality.slug, "reference": idea.reference})
