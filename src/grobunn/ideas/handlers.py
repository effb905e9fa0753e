"""What follows when something happened to an idea: who is told, and what is searched. Safe to run twice."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from django_scopes import scope

from grobunn.accounts.events import UserDeleted, UserLeft
from grobunn.discussion.events import CommentAdded
from grobunn.ideas import notices
from grobunn.ideas.events import (
    DeadlineMissed,
    DeadlineNeared,
    IdeaAnswered,
    IdeaEscalated,
    IdeaForwarded,
    IdeaMoved,
    IdeaQuestionAnswered,
    IdeaQuestionAsked,
    IdeaSubmitted,
    IdeaTakenUp,
    IdeaWithdrawn,
    IdeaWoken,
)
from grobunn.ideas.models import Contact, Idea
from grobunn.ideas.services.reroute import find_holders_again, find_holders_of_unit, find_missing_holders
from grobunn.ideas.states import UNDO_MINUTES
from grobunn.kernel.events import subscribe
from grobunn.kernel.models import StateChange
from grobunn.organisations.events import AbsenceSet, RoleEnded, UnitClosed
from grobunn.search.services import index


@contextmanager
def _loaded(event: IdeaSubmitted | IdeaMoved | DeadlineNeared | DeadlineMissed | IdeaEscalated) -> Iterator[Idea]:
    with scope(municipality=event.municipality_id):
        ideas = Idea.objects.select_related("municipality", "holder", "holder_unit", "writer", "escalated_to")
        yield ideas.get(pk=event.idea_id)


def _still_stands(change_id: UUID) -> StateChange | None:
    """The step of an event, or None if it was taken back before anybody was told."""
    change = StateChange.objects.get(pk=change_id)
    is_undone = StateChange.objects.filter(
        subject_id=change.subject_id, edge="undo", data__undoes=str(change_id)
    ).exists()
    return None if is_undone else change


@subscribe(IdeaSubmitted)
def tell_of_new_idea(event: IdeaSubmitted) -> None:
    """The holder hears of it; a writer with an e-mail address gets the receipt."""
    with _loaded(event) as idea:
        notices.tell_holder(idea, "ideas.to_answer", about=event.id, words=idea.text[:500])
        if idea.contact == Contact.EMAIL:
            notices.tell_writer(idea, "ideas.receipt", about=idea.pk)


@subscribe(
    IdeaSubmitted,
    IdeaTakenUp,
    IdeaQuestionAsked,
    IdeaQuestionAnswered,
    IdeaForwarded,
    IdeaAnswered,
    IdeaWoken,
    IdeaWithdrawn,
)
def update_search(event: IdeaSubmitted | IdeaMoved) -> None:
    """Search shows the idea as it is now, or not at all."""
    index("idea", event.idea_id)


@subscribe(IdeaTakenUp, IdeaWoken)
def tell_writer_of_step(event: IdeaMoved) -> None:
    """The writer hears that something happens."""
    woken = _woken(StateChange.objects.get(pk=event.change_id))
    with _loaded(event) as idea:
        notices.tell_writer(idea, "ideas.step", about=event.change_id, edge=event.edge, woken=woken)


def _woken(change: StateChange) -> Mapping[str, Any] | None:
    """Why a parked idea was taken out again; None for every other step."""
    return change.data if change.edge == "wake" else None


@subscribe(IdeaForwarded, IdeaWoken)
def tell_new_holder(event: IdeaMoved) -> None:
    """Whoever holds it now hears of it."""
    change = StateChange.objects.get(pk=event.change_id)
    with _loaded(event) as idea:
        words = change.reason or idea.text[:500]
        notices.tell_holder(idea, "ideas.to_answer", about=event.id, words=words, woken=_woken(change))


@subscribe(IdeaForwarded)
def tell_writer_of_forwarding(event: IdeaForwarded) -> None:
    """The writer hears who has it now."""
    with _loaded(event) as idea:
        notices.tell_writer(idea, "ideas.step", about=event.change_id, edge=event.edge)


@subscribe(IdeaQuestionAsked)
def tell_writer_of_question(event: IdeaQuestionAsked) -> None:
    """The writer gets the question."""
    change = StateChange.objects.get(pk=event.change_id)
    with _loaded(event) as idea:
        notices.tell_writer(idea, "ideas.question", about=change.pk, words=change.reason, edge=change.edge)


@subscribe(IdeaQuestionAnswered)
def tell_holder_of_reply(event: IdeaQuestionAnswered) -> None:
    """The holder gets the writer's answer."""
    change = StateChange.objects.get(pk=event.change_id)
    with _loaded(event) as idea:
        notices.tell_holder(idea, "ideas.reply", about=change.pk, words=change.reason)


@subscribe(IdeaAnswered)
def tell_circle_of_answer(event: IdeaAnswered) -> None:
    """Writer, co-writers and followers get the answer; the mail waits while it can be taken back."""
    change = _still_stands(event.change_id)
    if change is None:
        return
    with _loaded(event) as idea:
        notices.tell_circle(
            idea, "ideas.answered", change=change, not_before=change.at + timedelta(minutes=UNDO_MINUTES)
        )


@subscribe(DeadlineNeared)
def remind_holder(event: DeadlineNeared) -> None:
    """The holder is reminded."""
    with _loaded(event) as idea:
        notices.tell_holder(idea, "ideas.reminder", about=event.id)


@subscribe(DeadlineMissed)
def tell_writer_honestly(event: DeadlineMissed) -> None:
    """The writer hears that the answer is late."""
    with _loaded(event) as idea:
        notices.tell_writer(idea, "ideas.late", about=event.id)


@subscribe(IdeaEscalated)
def tell_next_leader(event: IdeaEscalated) -> None:
    """The next leader hears of it; where there is none, the holder once more."""
    with _loaded(event) as idea:
        if idea.escalated_to is not None:
            notices.tell_person(idea, "ideas.escalated", idea.escalated_to, about=event.id)
        else:
            notices.tell_holder(idea, "ideas.reminder", about=event.id)


@subscribe(RoleEnded, AbsenceSet, UserLeft)
def give_ideas_to_somebody(event: RoleEnded | AbsenceSet | UserLeft) -> None:
    """Ideas of somebody who left or is away get another person."""
    find_holders_again(user_id=event.user_id)


@subscribe(UnitClosed)
def give_ideas_of_closed_unit(event: UnitClosed) -> None:
    """A closed unit takes nothing more, and what it has goes to the innovation adviser."""
    find_holders_of_unit(unit_id=event.unit_id)


@subscribe(UserDeleted)
def give_ideas_of_deleted_to_somebody(event: UserDeleted) -> None:
    """The database has emptied the holder: find one."""
    find_missing_holders()


@subscribe(CommentAdded)
def tell_circle_of_comment(event: CommentAdded) -> None:
    """Writer, co-writers and followers hear of a comment, but not whoever wrote it."""
    if event.kind != "idea":
        return
    with scope(municipality=event.municipality_id):
        idea = Idea.objects.select_related("municipality", "holder", "holder_unit", "writer").get(pk=event.subject_id)
        notices.tell_circle_of_comment(idea, comment_id=event.comment_id, author_id=event.author_id)
