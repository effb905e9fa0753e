"""Taking in an idea: checked, routed, promised, kept, told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from grobunn.accounts.models import User
from grobunn.ideas.events import IdeaSubmitted
from grobunn.ideas.images import MAX_PHOTOS, CleanPhoto
from grobunn.ideas.models import Contact, Idea, Photo, Source, Visibility
from grobunn.ideas.services.promise import new_promise
from grobunn.ideas.services.routing import Route, route_idea
from grobunn.ideas.states import MACHINE
from grobunn.ideas.validators import validate_no_identity_number, validate_text
from grobunn.kernel import audit, clock, events, ids, permissions, statemachine
from grobunn.kernel.actors import Actor, ReceiptHolder
from grobunn.organisations.models import Municipality, Unit


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What somebody sends in; everything but the text is optional.

    Takes: photos, already cleaned; contact, how the writer is reached (RECEIPT stores nobody); key, the sender's own
           id of this sending: the same key again gives the same idea.
    """

    text: str
    title: str = ""
    kind: str = ""
    visibility: str = Visibility.MUNICIPALITY
    photos: Sequence[CleanPhoto] = ()
    contact: str = Contact.RECEIPT
    email: str = ""
    language: str = "nb"
    source: str = Source.WEB
    key: UUID | None = None


class NotInUse(ValidationError):  # noqa: N818 -- named for what is so
    """The municipality takes no ideas here (yet)."""


def submit_idea(municipality: Municipality, *, submission: Submission, actor: Actor, unit: Unit | None = None) -> Idea:
    """Keep a new idea, give it to its holder and promise an answer.

    Takes:   unit where it was dropped; actor, whose user is stored only if the contact says so.
    Returns: the idea; the one already kept if this key was sent before.
    Raises:  ValidationError with a sentence for the writer (nothing is kept); NotInUse.
    Effects: row with photos, history, audit, event IdeaSubmitted.
    """
    permissions.check("ideas.submit", actor)
    if not municipality.is_in_use:
        raise NotInUse(_("This municipality does not take ideas here yet."), code="not_in_use")
    _validate(submission)
    earlier = _sent_before(municipality, submission)
    if earlier is not None:
        return earlier
    route = route_idea(
        municipality=municipality, unit=unit, kind=submission.kind, text=f"{submission.title} {submission.text}"
    )
    try:
        with transaction.atomic():
            return _keep(municipality, submission=submission, actor=actor, unit=unit, route=route)
    except IntegrityError:
        earlier = _sent_before(municipality, submission)
        if earlier is None:
            raise
        return earlier


def _validate(submission: Submission) -> None:
    validate_text(submission.text)
    validate_no_identity_number(submission.title)
    if len(submission.photos) > MAX_PHOTOS:
        raise ValidationError(
            _("You can add at most %(limit)s photos."), code="too_many_photos", params={"limit": MAX_PHOTOS}
        )
    if submission.contact == Contact.EMAIL and not submission.email:
        raise ValidationError(_("Write the e-mail address that the answer should go to."), code="email_missing")


def _sent_before(municipality: Municipality, submission: Submission) -> Idea | None:
    if submission.key is None:
        return None
    return Idea.objects.filter(municipality=municipality, submission_key=submission.key).first()


def _keep(municipality: Municipality, *, submission: Submission, actor: Actor, unit: Unit | None, route: Route) -> Idea:
    receipt = ids.new_receipt()
    # Somebody who chose the receipt only is from here on nobody but its holder.
    known = actor if submission.contact == Contact.ACCOUNT else ReceiptHolder(receipt)
    promise = new_promise(municipality, on=clock.today())
    idea = Idea(
        municipality=municipality,
        reference=_next_reference(municipality),
        receipt=receipt,
        title=submission.title.strip(),
        text=submission.text.strip(),
        kind=submission.kind,
        visibility=submission.visibility,
        unit=unit,
        language=submission.language,
        source=submission.source,
        submission_key=submission.key,
        is_synthetic=isinstance(actor, User) and actor.is_synthetic,
        contact=submission.contact,
        writer_id=known.pk,
        writer_email=submission.email if submission.contact == Contact.EMAIL else "",
        rule=route.rule,
        **holder_fields(route),
        **promise.as_fields(),
    )
    idea.save(force_insert=True)
    for photo in submission.photos:
        _keep_photo(idea, photo)
    statemachine.record_change(
        MACHINE,
        idea,
        edge_name="create",
        to_state=idea.state,
        actor=known,
        data={**route_as_data(route), "due": promise.answer_due_on.isoformat()},
    )
    audit.record("ideas.submit", actor=known, subject=idea, municipality_id=municipality.pk)
    events.publish(IdeaSubmitted(idea_id=idea.pk, municipality_id=municipality.pk))
    return idea


def holder_fields(route: Route) -> dict[str, Any]:
    """Who holds an idea by a route, as its fields."""
    return {
        "holder_role": route.holder.role,
        "holder_unit_id": route.holder.unit.pk if route.holder.unit else None,
        "holder_id": route.holder.user.pk if route.holder.user else None,
    }


def route_as_data(route: Route) -> dict[str, Any]:
    """A route as facts for the history: codes and ids, so that the thread can say it in any language."""
    holder = route.holder
    return {
        "role": holder.role,
        "unit": holder.unit.name if holder.unit else "",
        "via": holder.via,
        "rule": route.rule.position if route.rule else None,
    }


def _next_reference(municipality: Municipality) -> str:
    """The next number of the municipality; the row lock orders those who send at the same moment."""
    Municipality.objects.filter(pk=municipality.pk).update(last_idea_number=F("last_idea_number") + 1)
    number = Municipality.objects.values_list("last_idea_number", flat=True).get(pk=municipality.pk)
    return f"{municipality.slug}-{number}"


def _keep_photo(idea: Idea, photo: CleanPhoto) -> None:
    kept = Photo(municipality_id=idea.municipality_id, idea=idea, width=photo.width, height=photo.height)
    kept.file.save(f"{kept.pk}.jpg", photo.content, save=False)
    kept.save(force_insert=True)
