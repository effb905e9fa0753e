"""Ideas in the API: the same services and the same reads as the pages."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django_scopes import scope, scopes_disabled
from ninja import Field, Query, Router, Schema

from grobunn.ideas.channels import other_channel
from grobunn.ideas.forms.steps import FORMS
from grobunn.ideas.models import TITLE_LENGTH, Contact, Idea, IdeaKind, Source, Visibility
from grobunn.ideas.queries.ideas import idea_by_receipt, idea_by_reference, ideas_for
from grobunn.ideas.queries.life import life_of
from grobunn.ideas.queries.listing import ORDER
from grobunn.ideas.services.submit import Submission, submit_idea
from grobunn.ideas.services.transitions import move_idea
from grobunn.ideas.states import MACHINE, MESSAGES, IdeaState
from grobunn.kernel import ids, permissions
from grobunn.kernel.actors import ReceiptHolder
from grobunn.kernel.api.access import needs_scope, open_to_all
from grobunn.kernel.api.pages import Listed, ListedRows, Paging, listed
from grobunn.kernel.statemachine import NotPossibleNow
from grobunn.organisations.models import Municipality, Role, Unit
from grobunn.organisations.queries import municipality_by_slug, unit_by_slug
from grobunn.search.queries import similar

router = Router(tags=["ideas"])

SCOPES = {
    "ideas:read": _("Read ideas, threads and what is similar."),
    "ideas:write": _("Send ideas and take steps with them."),
}
OTHER_CHANNEL = _(
    "This looks like whistleblowing or a deviation report, which have channels of their own. Nothing is stored. "
    "Send it again with goes_on if it is an idea after all."
)


class IdeaIn(Schema):
    """A new idea; everything but the text is optional."""

    text: str = Field(description="What the idea is, 1 to 20,000 characters, without a national identity number.")
    title: str = Field("", max_length=TITLE_LENGTH)
    kind: IdeaKind | None = None
    unit: str | None = Field(None, description="Short name of the unit where it was written, as in its address.")
    visibility: Visibility = Visibility.MUNICIPALITY
    email: str = Field("", max_length=254, description="Where the answer is sent, for a writer without an account.")
    is_anonymous: bool = Field(False, description="Store nothing about the writer, although a token is sent.")
    goes_on: bool = Field(False, description="Send it although it looks like whistleblowing or a deviation report.")
    key: UUID | None = Field(None, description="The sender's own id: sent again, it gives the same idea.")


class HolderOut(Schema):
    """Who owes the answer: a role in a unit."""

    role: Role
    unit: str


class SimilarOut(Schema):
    """Something like the text, from this municipality or another."""

    kind: str
    title: str
    url: str
    municipality: str
    state: str
    score: float = Field(description="0 to 1: from 0.75 the same, from 0.5 close, from 0.3 related.")
    why: str = Field(description="The words that match.")


class ReceiptOut(Schema):
    """What the writer knows at once."""

    reference: str
    receipt: str = Field(description="The secret code of the thread; shown once.")
    holder: HolderOut
    answer_due_on: date
    thread_url: str
    similar: list[SimilarOut]


class IdeaOut(Schema):
    """An idea that the caller may read."""

    reference: str
    title: str
    text: str
    kind: str
    state: IdeaState
    visibility: Visibility
    unit: str | None
    submitted_at: datetime
    answer_due_on: date | None
    url: str
    is_synthetic: bool = Field(description="Made up for a demonstration.")


class LifeOut(Schema):
    """One step of the thread."""

    step: str
    at: datetime
    sentence: str
    words: str


class ThreadOut(Schema):
    """A thread as its writer reads it."""

    reference: str
    title: str
    text: str
    state: IdeaState
    holder: HolderOut
    answer_due_on: date | None
    life: list[LifeOut]
    may: list[str] = Field(description="Steps that the holder of the receipt may take now.")


class StepIn(Schema):
    """What a step takes; each step needs some of it and passes over the rest."""

    reason: str = ""
    until: date | None = Field(None, description="park: the day on which it comes back.")
    condition: str = Field("", description="park: what would wake it earlier.")
    solution: str = Field("", description="solve: address or name.")
    into: str = Field("", description="merge: reference of the idea that goes on.")
    role: Role | None = Field(None, description="forward: the receiving role.")
    unit: UUID | None = Field(None, description="forward: id of the receiving unit.")
    version: int | None = Field(None, description="The version that was read: if it moved since, nothing is done.")


class StepOut(Schema):
    """What a step led to."""

    reference: str
    state: IdeaState
    version: int
    change_id: UUID


@router.post(
    "/municipalities/{slug}/ideas",
    response={201: ReceiptOut},
    auth=open_to_all("ideas:write", why="Anybody may send an idea."),
)
def submit(request: HttpRequest, slug: str, sent: IdeaIn) -> tuple[int, dict[str, Any]]:
    """Send an idea. The answer names who has it and by when they answer."""
    municipality = _municipality(slug)
    with scope(municipality=municipality.pk):
        unit = _unit(municipality, sent.unit)
        if not sent.goes_on and other_channel(f"{sent.title} {sent.text}") is not None:
            raise ValidationError(OTHER_CHANNEL, code="other_channel")
        idea = submit_idea(municipality, submission=_submission(request, sent), actor=request.user, unit=unit)
        return 201, {
            "reference": idea.reference,
            "receipt": idea.receipt,
            "holder": _holder(idea),
            "answer_due_on": idea.answer_due_on,
            "thread_url": request.build_absolute_uri(f"/t/{idea.receipt}/"),
            "similar": _similar(request, idea.text, municipality.pk, exclude=[("idea", idea.pk)]),
        }


@router.get(
    "/municipalities/{slug}/ideas",
    response=Listed[IdeaOut],
    auth=open_to_all("ideas:read", why="Public ideas are public; a token shows what its holder may read."),
)
def list_ideas(
    request: HttpRequest,
    response: HttpResponse,
    slug: str,
    paging: Query[Paging],
    state: IdeaState | None = None,
    kind: IdeaKind | None = None,
) -> ListedRows[Any]:
    """Ideas of a municipality that the caller may read, newest first."""
    municipality = _municipality(slug)
    narrowed = {name: value for name, value in (("state", state), ("kind", kind)) if value is not None}
    with scope(municipality=municipality.pk):
        rows = ideas_for(request.user).filter(municipality=municipality, **narrowed).select_related("unit")
        page = listed(request, response, rows, order=ORDER, asked=paging)
    return ListedRows(items=[_idea(request, municipality, idea) for idea in page.items], next=page.next)


@router.get(
    "/threads/{receipt}",
    response=ThreadOut,
    auth=open_to_all("ideas:read", why="Whoever has the receipt code is the writer."),
)
def show_thread(request: HttpRequest, receipt: str) -> dict[str, Any]:
    """The thread of a receipt code."""
    code = ids.normalised_receipt(receipt)
    idea = idea_by_receipt(code) if code else None
    if idea is None:
        raise Http404
    with scope(municipality=idea.municipality_id):
        entries = life_of(idea, is_member=False, is_handler=False)
        steps = MACHINE.available(idea, ReceiptHolder(idea.receipt))
    return {
        "reference": idea.reference,
        "title": idea.heading,
        "text": idea.text,
        "state": idea.state,
        "holder": _holder(idea),
        "answer_due_on": idea.answer_due_on,
        "life": [
            {"step": entry.edge, "at": entry.at, "sentence": entry.sentence, "words": entry.words} for entry in entries
        ],
        "may": [edge.name for edge in steps],
    }


@router.post("/ideas/{reference}/{transition}", response=StepOut, auth=needs_scope("ideas:write"))
def take_step(request: HttpRequest, reference: str, transition: str, sent: StepIn) -> dict[str, Any]:
    """Take a step with an idea: take_up, ask, reply, forward, start, park, solve, merge, decline, reopen, withdraw."""
    with scopes_disabled():
        idea = idea_by_reference(reference, actor=request.user)
    if idea is None:
        raise Http404
    edge = MACHINE.by_name.get(transition)
    if edge is None or transition not in FORMS:
        raise NotPossibleNow(MESSAGES.not_possible_now)
    permissions.check(edge.permission, request.user, idea)
    with scope(municipality=idea.municipality_id):
        form = FORMS[transition](sent.dict(exclude_none=True), idea=idea, actor=request.user)
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        change = move_idea(idea, transition, actor=request.user, version=sent.version, **form.arguments())
    return {"reference": idea.reference, "state": idea.state, "version": idea.version, "change_id": change.pk}


@router.get(
    "/similar",
    response=list[SimilarOut],
    auth=open_to_all("ideas:read", why="Public things are public; a token shows what its holder may read."),
)
def find_similar(request: HttpRequest, municipality: str, q: str = Query(max_length=20_000)) -> list[dict[str, Any]]:
    """What is like a text, the most usable first; nothing when nothing is alike."""
    return _similar(request, q, _municipality(municipality).pk)


def _municipality(slug: str) -> Municipality:
    try:
        return municipality_by_slug(slug)
    except Municipality.DoesNotExist as error:
        raise Http404 from error


def _unit(municipality: Municipality, slug: str | None) -> Unit | None:
    if not slug:
        return None
    try:
        return unit_by_slug(municipality.pk, slug)
    except Unit.DoesNotExist as error:
        raise Http404 from error


def _submission(request: HttpRequest, sent: IdeaIn) -> Submission:
    is_known = request.user.is_authenticated and not sent.is_anonymous
    contact = Contact.ACCOUNT if is_known else Contact.EMAIL if sent.email else Contact.RECEIPT
    return Submission(
        text=sent.text,
        title=sent.title,
        kind=sent.kind or "",
        visibility=sent.visibility,
        contact=contact,
        email=sent.email if contact == Contact.EMAIL else "",
        source=Source.API,
        key=sent.key,
    )


def _holder(idea: Idea) -> dict[str, str]:
    return {"role": idea.holder_role, "unit": idea.holder_unit.name if idea.holder_unit else ""}


def _idea(request: HttpRequest, municipality: Municipality, idea: Idea) -> dict[str, Any]:
    return {
        "reference": idea.reference,
        "title": idea.heading,
        "text": idea.text,
        "kind": idea.kind,
        "state": idea.state,
        "visibility": idea.visibility,
        "unit": idea.unit.name if idea.unit else None,
        "submitted_at": idea.submitted_at,
        "answer_due_on": idea.answer_due_on,
        "url": request.build_absolute_uri(f"/{municipality.slug}/ideer/{idea.reference}/"),
        "is_synthetic": idea.is_synthetic,
    }


def _similar(
    request: HttpRequest, text: str, municipality_id: UUID, *, exclude: list[tuple[str, UUID]] | None = None
) -> list[dict[str, Any]]:
    matches = similar(text, user=request.user, municipality_id=municipality_id, exclude=exclude or [])
    return [
        {
            "kind": match.kind,
            "title": match.title,
            "url": request.build_absolute_uri(match.url),
            "municipality": match.municipality,
            "state": match.state,
            "score": match.score,
            "why": match.why,
        }
        for match in matches
    ]
