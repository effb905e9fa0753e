"""Who is told what about an idea: the kinds of notice, their receivers, their keys."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grobunn.accounts.models import User
from grobunn.discussion.queries import followers_of
from grobunn.ideas.models import Contact, Idea
from grobunn.ideas.queries.ideas import co_writers_of
from grobunn.kernel.models import StateChange
from grobunn.notifications.addresses import ContactPoint
from grobunn.notifications.kinds import Kind
from grobunn.notifications.services.notify import notify

Receiver = User | ContactPoint

# What each is called, and when it comes; its texts stand in `templates/ideas/notices/` under its name.
_TABLE = (
    ("receipt", _("Receipt for your idea"), _("When you have sent an idea and given your e-mail address.")),
    ("to_answer", _("An idea to answer"), _("When you are the one who owes an answer.")),
    (
        "step",
        _("Something happened to your idea"),
        _("When an idea of yours is taken up, forwarded or opened again."),
    ),
    ("question", _("A question to you"), _("When whoever holds your idea asks you something.")),
    ("reply", _("The writer has answered"), _("When a writer answers your question.")),
    ("answered", _("An answer to an idea"), _("When an idea that you wrote, joined or follow gets its answer.")),
    ("reminder", _("A deadline comes near"), _("When an answer that you owe is due soon.")),
    ("late", _("Your answer is late"), _("When the promised date has passed without an answer to your idea.")),
    (
        "escalated",
        _("An idea without an answer in your area"),
        _("When somebody whom you lead has not answered in time."),
    ),
    ("commented", _("A comment on an idea"), _("When somebody comments on an idea that you wrote or follow.")),
)
# The promise of the whole thing: nobody turns the answer off.
_MANDATORY = frozenset({"answered"})

KINDS = tuple(
    Kind(
        name=f"ideas.{name}",
        label=label,
        description=when,
        template=f"ideas/notices/{name}",
        is_mandatory=name in _MANDATORY,
    )
    for name, label, when in _TABLE
)


def tell_writer(
    idea: Idea,
    kind: str,
    *,
    about: UUID,
    words: str = "",
    edge: str = "",
    woken: Mapping[str, Any] | None = None,
) -> None:
    """Tell the writer, if there is a way.

    Takes: about, the change or event that makes the notice unique; woken, of a step that took the idea out again.
    """
    receiver = writer_of(idea)
    if receiver is not None:
        _tell(idea, kind, receiver, about=about, words=words, edge=edge, woken=woken)


def tell_circle(idea: Idea, kind: str, *, change: StateChange, not_before: datetime | None = None) -> None:
    """Tell the writer, those who joined and those who follow, each once; whoever did it hears if a mail comes back."""
    sender = User.objects.filter(pk=change.actor_id).first() if change.actor_id else None
    for receiver in circle_of(idea, but=change.actor_id):
        _tell(
            idea,
            kind,
            receiver,
            about=change.pk,
            words=change.reason,
            edge=change.edge,
            not_before=not_before,
            sender=sender,
        )


def tell_circle_of_comment(idea: Idea, *, comment_id: UUID, author_id: UUID | None) -> None:
    """Tell the circle of a comment. Its words stay in the thread: a mail does not repeat what may be removed."""
    for receiver in circle_of(idea, but=author_id):
        _tell(idea, "ideas.commented", receiver, about=comment_id)


def tell_holder(idea: Idea, kind: str, *, about: UUID, words: str = "", woken: Mapping[str, Any] | None = None) -> None:
    """Tell whoever holds the idea: the person, else the unit's shared mailbox."""
    receiver: Receiver | None = idea.holder
    if receiver is None and idea.holder_unit is not None and idea.holder_unit.mailbox:
        receiver = ContactPoint(email=idea.holder_unit.mailbox, language=idea.municipality.language)
    if receiver is not None:
        _tell(idea, kind, receiver, about=about, words=words, woken=woken)


def tell_person(idea: Idea, kind: str, user: User, *, about: UUID, words: str = "") -> None:
    """Tell one person."""
    _tell(idea, kind, user, about=about, words=words)


def writer_of(idea: Idea) -> Receiver | None:
    """How the writer is reached; None for somebody who has the receipt code only."""
    if idea.contact == Contact.EMAIL and idea.writer_email:
        return ContactPoint(email=idea.writer_email, language=idea.language)
    return idea.writer


def circle_of(idea: Idea, *, but: UUID | None = None) -> list[Receiver]:
    """Writer, co-writers and followers, without whoever did it."""
    people: dict[UUID, User] = {row.user_id: row.user for row in co_writers_of(idea)}
    people |= {user.pk: user for user in followers_of("idea", idea.pk)}
    receivers: list[Receiver] = []
    writer = writer_of(idea)
    if isinstance(writer, User):
        people[writer.pk] = writer
    elif writer is not None:
        receivers.append(writer)
    return receivers + [user for user_id, user in people.items() if user_id != but]


def notice_keys(idea: Idea, change: StateChange) -> list[str]:
    """Keys of the notices that an answer gives to its circle."""
    return [_key(change.pk, receiver) for receiver in circle_of(idea, but=change.actor_id)]


def thread_key(idea: Idea) -> str:
    """What keeps an idea's notices together."""
    return f"idea:{idea.pk}"


def address_for(idea: Idea, receiver: Receiver) -> str:
    """The thread's address for one receiver: by receipt for a writer without an account."""
    if isinstance(receiver, ContactPoint) and receiver.email == idea.writer_email:
        return reverse("ideas:thread_by_receipt", kwargs={"receipt": idea.receipt})
    return thread_address(idea)


def thread_address(idea: Idea) -> str:
    """The thread's address for those who sign in; it holds no secret."""
    return reverse("ideas:thread", kwargs={"municipality": idea.municipality.slug, "reference": idea.reference})


def _tell(
    idea: Idea,
    kind: str,
    receiver: Receiver,
    *,
    about: UUID,
    words: str = "",
    edge: str = "",
    not_before: datetime | None = None,
    sender: User | None = None,
    woken: Mapping[str, Any] | None = None,
) -> None:
    notify(
        kind,
        to=receiver,
        municipality_id=idea.municipality_id,
        thread_key=thread_key(idea),
        data=facts_of(idea, words=words, edge=edge) | ({"woken": dict(woken)} if woken else {}),
        url=address_for(idea, receiver),
        key=_key(about, receiver),
        not_before=not_before,
        sender=sender,
        sender_url=thread_address(idea) if sender else "",
    )


def facts_of(idea: Idea, *, words: str, edge: str) -> dict[str, Any]:
    """What the texts of a notice are made of."""
    return {
        "heading": idea.heading,
        "reference": idea.reference,
        "municipality": idea.municipality.name,
        "role": idea.holder_role,
        "unit": idea.holder_unit.name if idea.holder_unit else "",
        "due_on": idea.answer_due_on.isoformat() if idea.answer_due_on else None,
        "parked_until": idea.parked_until.isoformat() if idea.parked_until else None,
        "solution": idea.solution,
        "words": words,
        "edge": edge,
    }


def _key(about: UUID, receiver: Receiver) -> str:
    who = f"user:{receiver.pk}" if isinstance(receiver, User) else "contact"
    return f"ideas:{about}:{who}"
