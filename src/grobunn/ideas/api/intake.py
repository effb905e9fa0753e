"""The API's door: sending an idea, and what is like a text."""

from collections.abc import Callable, Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_scopes import scope
from ninja import Query
from ninja.responses import Status

from grobunn.ideas.api import shown
from grobunn.ideas.api.router import router
from grobunn.ideas.api.schemas import IdeaIn, ReceiptOut, SimilarAsked, SimilarOut
from grobunn.ideas.channels import other_channel
from grobunn.ideas.models import Contact, Source
from grobunn.ideas.services.submit import Submission, submit_idea
from grobunn.ideas.validators import validate_no_identity_number, validate_text
from grobunn.kernel.api.access import open_to_all
from grobunn.organisations.models import Municipality, Unit

OTHER_CHANNEL = _(
    "This looks like whistleblowing or a deviation report, which have channels of their own. Nothing is stored. "
    "Send it again with goes_on if it is an idea after all."
)


@router.post(
    "/municipalities/{slug}/ideas",
    response={201: ReceiptOut},
    auth=open_to_all("ideas:write", why="Anybody may send an idea."),
)
def submit_an_idea(request: HttpRequest, slug: str, sent: IdeaIn) -> Status[dict[str, Any]]:
    """Send an idea. The answer names who has it and by when they answer."""
    municipality = shown.municipality_or_404(slug)
    with scope(municipality=municipality.pk):
        _check(sent, kinds=municipality.idea_kinds)
        unit = _unit(municipality, sent.unit)
        submission = _submission(request, municipality, sent)
        idea = submit_idea(municipality, submission=submission, actor=request.user, unit=unit)
        similar = shown.similar_to(
            request, f"{idea.title} {idea.text}", municipality_id=municipality.pk, exclude=[("idea", idea.pk)]
        )
        return Status(
            201,
            {
                "reference": idea.reference,
                "receipt": idea.receipt,
                "holder": shown.holder(idea),
                "answer_due_on": idea.answer_due_on,
                "thread_url": shown.thread_url(request, idea),
                "similar": similar,
            },
        )


@router.get(
    "/similar",
    response=list[SimilarOut],
    auth=open_to_all("ideas:read", why="Public things are public; a token shows what its holder may read."),
)
def find_similar(request: HttpRequest, asked: Query[SimilarAsked]) -> list[dict[str, Any]]:
    """What is like a text, the most usable first; nothing when nothing is alike."""
    municipality = shown.municipality_or_404(asked.municipality)
    return shown.similar_to(request, asked.q, municipality_id=municipality.pk, limit=asked.limit)


def _check(sent: IdeaIn, *, kinds: Collection[str]) -> None:
    """Refuse what the page and the service would refuse, and say in which field it stands."""
    errors: dict[str, Any] = {}
    if sent.kind and kinds and sent.kind not in kinds:
        errors["kind"] = _("The municipality does not ask for this kind. Leave it out, or choose another.")
    checks: list[tuple[str, str, Callable[[str], None]]] = [
        ("text", sent.text, validate_text),
        ("title", sent.title, validate_no_identity_number),
    ]
    if sent.email:
        checks.append(("email", sent.email, validate_email))
    for name, value, check in checks:
        try:
            check(value)
        except ValidationError as error:
            errors[name] = error
    if errors:
        raise ValidationError(errors)
    if not sent.goes_on and other_channel(f"{sent.title} {sent.text}") is not None:
        raise ValidationError({"goes_on": ValidationError(OTHER_CHANNEL, code="other_channel")})


def _unit(municipality: Municipality, slug: str | None) -> Unit | None:
    if not slug:
        return None
    unit = shown.unit_of(municipality.pk, slug)
    if unit is None:
        raise ValidationError({"unit": _("There is no unit with that short name here.")})
    return unit


def _submission(request: HttpRequest, municipality: Municipality, sent: IdeaIn) -> Submission:
    is_known = request.user.is_authenticated and not sent.is_anonymous
    has_email = bool(sent.email) and not sent.is_anonymous
    contact = Contact.ACCOUNT if is_known else Contact.EMAIL if has_email else Contact.RECEIPT
    return Submission(
        text=sent.text,
        title=sent.title,
        kind=sent.kind or "",
        visibility=sent.visibility,
        contact=contact,
        email=sent.email if contact == Contact.EMAIL else "",
        language=sent.language or municipality.language,
        source=Source.API,
        key=sent.key,
    )
