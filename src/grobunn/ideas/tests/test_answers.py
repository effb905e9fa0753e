"""What the holder does with an idea, and what follows."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from grobunn.ideas.guards import CannotMerge, DateHasPassed
from grobunn.ideas.models import CoWriter, Idea
from grobunn.ideas.services import answer
from grobunn.ideas.services.answer import SameHolder
from grobunn.ideas.services.merge import merge
from grobunn.ideas.services.undo import AlreadyRead, undo
from grobunn.ideas.states import IdeaState
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel import clock
from grobunn.kernel.actors import ReceiptHolder
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import InputMissing, NotPossibleNow, SomebodyWasFirst
from grobunn.organisations.models import Role

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_decline_without_reason_is_refused_and_changes_nothing(town: Town) -> None:
    idea = make_idea(town.municipality)

    with pytest.raises(InputMissing) as refusal:
        answer.decline(idea, actor=town.adviser, reason=" ")

    assert refusal.value.fields == ("reason",)
    idea.refresh_from_db()
    assert (idea.state, idea.version) == (IdeaState.RECEIVED, 1)


def test_decline_by_holder_ends_the_promise_in_time(town: Town) -> None:
    idea = make_idea(town.municipality, unit=town.ward)

    change = answer.decline(idea, actor=town.leader, reason="Det finnes en benk der.")

    idea.refresh_from_db()
    assert (idea.state, idea.answer_due_on, idea.is_answered_in_time) == (IdeaState.DECLINED, None, True)
    assert change.data == {"by": Role.UNIT_LEADER, "by_unit": town.ward.name}


def test_decline_after_the_date_is_noted_as_late(town: Town) -> None:
    with clock.moved_to(MONDAY):
        idea = make_idea(town.municipality)

    with clock.moved_to(MONDAY + timedelta(days=15)):
        answer.decline(idea, actor=town.adviser, reason="Nei, fordi.")

    assert idea.is_answered_in_time is False


def test_handle_by_employee_is_denied_and_changes_nothing(town: Town) -> None:
    idea = make_idea(town.municipality)

    with pytest.raises(PermissionDenied):
        answer.take_up(idea, actor=town.nurse)

    idea.refresh_from_db()
    assert idea.state == IdeaState.RECEIVED


def test_two_holders_racing_one_wins_and_the_other_is_told(town: Town) -> None:
    idea = make_idea(town.municipality)
    second_tab = Idea.objects.get(pk=idea.pk)
    answer.start(idea, actor=town.adviser, reason="Vi begynner.")

    with pytest.raises(SomebodyWasFirst):
        answer.decline(second_tab, actor=town.adviser, reason="Nei.")

    assert Idea.objects.get(pk=idea.pk).state == IdeaState.STARTED


def test_question_stops_the_clock_until_the_anonymous_writer_answers(town: Town) -> None:
    with clock.moved_to(MONDAY):
        idea = make_idea(town.municipality)
    with clock.moved_to(MONDAY + timedelta(days=1)):
        answer.ask(idea, actor=town.adviser, reason="Hvilken inngang?")
    with clock.moved_to(MONDAY + timedelta(days=8)):
        answer.reply(idea, actor=ReceiptHolder(idea.receipt), reason="Den mot parken.")

    idea.refresh_from_db()
    assert idea.answer_due_on == date(2026, 12, 14)
    assert idea.clock_paused_on is None


def test_reply_with_another_receipt_is_denied(town: Town) -> None:
    idea = make_idea(town.municipality)
    answer.ask(idea, actor=town.adviser, reason="Hvilken?")

    with pytest.raises(PermissionDenied):
        answer.reply(idea, actor=ReceiptHolder("0000-0000-0000"), reason="Jeg er en annen.")


def test_reply_with_identity_number_is_refused(town: Town) -> None:
    idea = make_idea(town.municipality)
    answer.ask(idea, actor=town.adviser, reason="Hvem?")

    with pytest.raises(ValidationError):
        answer.reply(idea, actor=ReceiptHolder(idea.receipt), reason="01010750160")


def test_forward_keeps_the_date_and_gives_it_to_the_role(town: Town) -> None:
    idea = make_idea(town.municipality)
    due_on = idea.answer_due_on

    answer.forward(idea, actor=town.adviser, role=Role.UNIT_LEADER, unit=town.ward)

    idea.refresh_from_db()
    assert (idea.holder, idea.answer_due_on, idea.state) == (town.leader, due_on, IdeaState.RECEIVED)


def test_forward_to_the_same_role_is_refused(town: Town) -> None:
    idea = make_idea(town.municipality, unit=town.ward)

    with pytest.raises(SameHolder):
        answer.forward(idea, actor=town.leader, role=Role.UNIT_LEADER, unit=town.ward)


def test_park_until_today_is_refused(town: Town) -> None:
    idea = make_idea(town.municipality)

    with pytest.raises(DateHasPassed):
        answer.park(idea, actor=town.adviser, until=clock.today(), reason="Senere.")


def test_park_and_wake_gives_a_new_promise(town: Town) -> None:
    idea = make_idea(town.municipality)
    until = clock.today() + timedelta(days=30)
    answer.park(idea, actor=town.adviser, until=until, reason="Etter budsjettet.", condition="Budsjettet er vedtatt")

    answer.wake(idea)

    idea.refresh_from_db()
    # What it waited for stays: the holder is asked whether it has come.
    assert (idea.state, idea.parked_until, idea.parked_condition) == (
        IdeaState.RECEIVED,
        None,
        "Budsjettet er vedtatt",
    )
    assert idea.answer_due_on is not None


def test_merge_keeps_both_writers(town: Town) -> None:
    kept = make_idea(town.municipality, writer=town.leader)
    other = make_idea(town.municipality, writer=town.nurse)

    merge(other, into=kept, actor=town.adviser)

    assert [row.user for row in CoWriter.objects.filter(idea=kept)] == [town.nurse]
    other.refresh_from_db()
    assert (other.state, other.merged_into) == (IdeaState.MERGED, kept)


def test_merge_with_itself_is_refused(town: Town) -> None:
    idea = make_idea(town.municipality)

    with pytest.raises(CannotMerge):
        merge(idea, into=idea, actor=town.adviser)


def test_undo_within_ten_minutes_restores_everything(town: Town) -> None:
    idea = make_idea(town.municipality)
    due_on = idea.answer_due_on
    change = answer.decline(idea, actor=town.adviser, reason="Nei, fordi.")

    undo(idea, change=change, actor=town.adviser)

    idea.refresh_from_db()
    assert (idea.state, idea.answer_due_on, idea.first_answered_at) == (IdeaState.RECEIVED, due_on, None)
    assert list(StateChange.objects.filter(subject_id=idea.pk).order_by("id").values_list("edge", flat=True)) == [
        "create",
        "decline",
        "undo",
    ]


def test_undo_after_ten_minutes_is_refused(town: Town) -> None:
    idea = make_idea(town.municipality)
    change = answer.decline(idea, actor=town.adviser, reason="Nei, fordi.")

    with clock.moved_by(minutes=11), pytest.raises(NotPossibleNow):
        undo(idea, change=change, actor=town.adviser)


def test_undo_after_the_writer_has_read_is_refused(town: Town) -> None:
    from grobunn.ideas.services.contact import note_seen_by_writer

    idea = make_idea(town.municipality)
    change = answer.decline(idea, actor=town.adviser, reason="Nei, fordi.")
    with clock.moved_by(minutes=1):
        note_seen_by_writer(idea)
        idea.refresh_from_db()

        with pytest.raises(AlreadyRead):
            undo(idea, change=change, actor=town.adviser)

    idea.refresh_from_db()
    assert idea.state == IdeaState.DECLINED


def test_undo_by_somebody_else_is_denied(town: Town) -> None:
    idea = make_idea(town.municipality, unit=town.ward)
    change = answer.decline(idea, actor=town.adviser, reason="Nei, fordi.")

    with pytest.raises(PermissionDenied):
        undo(idea, change=change, actor=town.leader)
