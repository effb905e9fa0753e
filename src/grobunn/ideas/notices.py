"""Who is told what about an idea: the kinds of notice, their receivers, their keys."""

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

KINDS = (
    Kind(
        name="ideas.receipt",
        label=_("Receipt for your idea"),
        description=_("When you have sent an idea and given your e-mail address."),
        template="ideas/notices/receipt",
    ),
    Kind(
        name="ideas.to_answer",
        label=_("An idea to answer"),
        description=_("When you are the one who owes an answer."),
        template="ideas/notices/to_answer",
    ),
    Kind(
        name="ideas.step",
        label=_("Something happened to your idea"),
        description=_("When an idea of yours is taken up, forwarded or opened again."),
        template="ideas/notices/step",
    ),
    Kind(
        name="ideas.question",
        label=_("A question to you"),
        description=_("When whoever holds your idea asks you something."),
        template="ideas/notices/question",
    ),
    Kind(
        name="ideas.reply",
        label=_("The writer has answered"),
        description=_("When a writer answers your question."),
        template="ideas/notices/reply",
    ),
    Kind(
        name="ideas.answered",
        label=_("An answer to an idea"),
        description=_("When an idea that you wrote, joined or follow gets its answer."),
        template="ideas/notices/answered",
        is_mandatory=True,
    ),
    Kind(
        name="ideas.reminder",
        label=_("A deadline comes near"),
        description=_("When an answer that you owe is due soon."),
        template="ideas/notices/reminder",
    ),
    Kind(
        name="ideas.late",
        label=_("Your answer is late"),
        description=_("When the promised date has passed without an answer to your idea."),
        template="ideas/notices/late",
    ),
    Kind(
        name="ideas.escalated",
        label=_("An idea without an answer in your area"),
        description=_("When somebody whom you lead has not answered in time."),
        template="ideas/notices/escalated",
    ),
    Kind(
        name="ideas.commented",
        label=_("A comment on an idea"),
        description=_("When somebody comments on an idea that you wrote or follow."),
        template="ideas/notices/commented",
    ),
)


def tell_writer(
    idea: Idea, kind: str, *, about: UUID, words: str = "", edge: str = "", not_before: datetime | None = None
) -> None:
    """Tell the writer, if there is a way. Takes: about, the change or event that makes the notice unique."""
    receiver = writer_of(idea)
    if receiver is not None:
        _tell(idea, kind, receiver, about=about, words=words, edge=edge, not_before=not_before)


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


def tell_circle_of_comment(idea: Idea, *, comment_id: UUID, author_id: UUID) -> None:
    """Tell the circle of a comment. Its words stay in the thread: a mail does not repeat what may be removed."""
    for receiver in circle_of(idea, but=author_id):
        _tell(idea, "ideas.commented", receiver, about=comment_id)


def tell_holder(idea: Idea, kind: str, *, about: UUID, words: str = "") -> None:
    """Tell whoever holds the idea: the person, else the unit's shared mailbox."""
    receiver: Receiver | None = idea.holder
    if receiver is None and idea.holder_unit is not None and idea.holder_unit.mailbox:
        receiver = ContactPoint(email=idea.holder_unit.mailbox, language=idea.municipality.language)
    if receiver is not None:
        _tell(idea, kind, receiver, about=about, words=words)


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
) -> None:
    notify(
        kind,
        to=receiver,
        municipality_id=idea.municipality_id,
        thread_key=thread_key(idea),
        data=facts_of(idea, words=words, edge=edge),
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
