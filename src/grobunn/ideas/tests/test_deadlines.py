"""What the calendar does: reminders, honest notices, escalation, waking; the clock is moved, nothing waits."""

from datetime import UTC, datetime, timedelta

from django.core import mail
from django_scopes import scope

from grobunn.accounts.services.users import delete_user, take_out_of_use
from grobunn.accounts.tests.factories import UserFactory
from grobunn.ideas.models import Contact, Idea
from grobunn.ideas.services import answer, deadlines, retention
from grobunn.ideas.services.reroute import find_holders_again
from grobunn.ideas.states import IdeaState
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Notice
from grobunn.organisations.models import Role
from grobunn.organisations.queries import forget_roles
from grobunn.organisations.services.units import close_unit
from grobunn.organisations.tests.factories import (
    AbsenceFactory,
    MunicipalityFactory,
    RoleAssignmentFactory,
    UnitFactory,
)

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def _kinds_told(user: object) -> list[str]:
    return list(Notice.objects.filter(recipient=user).order_by("created_at").values_list("kind", flat=True))


def test_keep_promises_before_the_reminder_does_nothing(town: Town) -> None:
    with clock.moved_to(MONDAY):
        make_idea(town.municipality)

    with clock.moved_to(MONDAY + timedelta(days=8)):
        assert deadlines.keep_promises() == 0


def test_keep_promises_reminds_the_holder_once(town: Town) -> None:
    with clock.moved_to(MONDAY):
        make_idea(town.municipality, unit=town.ward)
        run_jobs()

    with clock.moved_to(MONDAY + timedelta(days=9)):
        assert deadlines.keep_promises() == 1
        assert deadlines.keep_promises() == 0
        run_jobs()

    assert _kinds_told(town.leader) == ["ideas.to_answer", "ideas.reminder"]


def test_keep_promises_after_the_date_tells_the_writer_and_the_next_leader(town: Town) -> None:
    with clock.moved_to(MONDAY):
        idea = make_idea(town.municipality, unit=town.ward, writer=town.nurse)
        run_jobs()

    with clock.moved_to(MONDAY + timedelta(days=15)):
        assert deadlines.keep_promises() == 2
        assert deadlines.keep_promises() == 0
        run_jobs()

    idea.refresh_from_db()
    assert _kinds_told(town.nurse) == ["ideas.late"]
    assert _kinds_told(town.director) == ["ideas.escalated"]
    assert idea.escalated_to == town.director


def test_keep_promises_leaves_a_question_to_the_writer_alone(town: Town) -> None:
    with clock.moved_to(MONDAY):
        idea = make_idea(town.municipality)
        answer.ask(idea, actor=town.adviser, reason="Hvor?")

    with clock.moved_to(MONDAY + timedelta(days=60)):
        assert deadlines.keep_promises() == 0


def test_keep_promises_leaves_what_is_answered_alone(town: Town) -> None:
    with clock.moved_to(MONDAY):
        idea = make_idea(town.municipality)
        answer.decline(idea, actor=town.adviser, reason="Nei, fordi.")

    with clock.moved_to(MONDAY + timedelta(days=60)):
        assert deadlines.keep_promises() == 0


def test_keep_promises_uses_each_municipalitys_own_days(town: Town) -> None:
    quick = MunicipalityFactory(is_in_use=True, answer_days=2, reminder_days=1)
    with scope(municipality=quick.pk):
        office = UnitFactory(municipality=quick)
        RoleAssignmentFactory(municipality=quick, unit=office, user=UserFactory(), role=Role.INNOVATION_ADVISER)
        with clock.moved_to(MONDAY):
            idea = make_idea(quick)

    assert (idea.remind_on.day, idea.answer_due_on.day, idea.escalate_on.day) == (24, 25, 26)


def test_wake_parked_on_the_day_and_not_before(town: Town) -> None:
    with clock.moved_to(MONDAY):
        idea = make_idea(town.municipality, writer=town.nurse)
        answer.park(idea, actor=town.adviser, reason="Etter jul.", until=(MONDAY + timedelta(days=45)).date())
    with clock.moved_to(MONDAY + timedelta(days=44)):
        assert deadlines.wake_parked() == 0
    with clock.moved_to(MONDAY + timedelta(days=45)):
        assert deadlines.wake_parked() == 1
        run_jobs()

    idea.refresh_from_db()
    assert idea.state == IdeaState.RECEIVED
    assert "ideas.step" in _kinds_told(town.nurse)


def test_ideas_of_somebody_away_go_to_the_stand_in(town: Town) -> None:
    idea = make_idea(town.municipality, unit=town.ward)
    stand_in = UserFactory()
    today = clock.today()
    AbsenceFactory(municipality=town.municipality, user=town.leader, stand_in=stand_in, from_on=today, to_on=today)

    assert find_holders_again(user_id=town.leader.pk) == 1

    idea.refresh_from_db()
    assert (idea.holder, idea.holder_role, idea.holder_unit) == (stand_in, Role.UNIT_LEADER, town.ward)


def test_ideas_of_a_closed_unit_go_to_the_adviser(town: Town) -> None:
    idea = make_idea(town.municipality, unit=town.ward)
    assert idea.holder == town.leader

    close_unit(town.ward, actor=town.adviser)
    run_jobs()

    idea.refresh_from_db()
    assert idea.holder == town.adviser


def test_answer_is_told_to_the_writer_and_mailed_after_the_undo(town: Town) -> None:
    with clock.moved_to(MONDAY):
        idea = make_idea(town.municipality, contact=Contact.EMAIL, email="kari@example.org")
        run_jobs()
        answer.decline(idea, actor=town.adviser, reason="Det finnes alt.")
        run_jobs()
        early = [message.subject for message in mail.outbox]
    with clock.moved_to(MONDAY + timedelta(minutes=11)):
        run_jobs()

    assert early == [] or all("Det finnes alt." not in message for message in early)
    assert Notice.objects.filter(kind="ideas.answered").count() == 1


def test_undone_answer_tells_nobody(town: Town) -> None:
    from grobunn.ideas.services.undo import undo

    idea = make_idea(town.municipality, writer=town.nurse)
    run_jobs()
    change = answer.decline(idea, actor=town.adviser, reason="Nei, fordi.")
    undo(idea, change=change, actor=town.adviser)

    run_jobs()

    assert _kinds_told(town.nurse) == []


def test_forget_addresses_after_a_year_leaves_the_receipt(town: Town) -> None:
    idea = make_idea(town.municipality, contact=Contact.EMAIL, email="kari@example.org")
    answer.decline(idea, actor=town.adviser, reason="Nei, fordi.")

    with clock.moved_by(days=364):
        assert retention.forget_addresses() == 0
    with clock.moved_by(days=366):
        assert retention.forget_addresses() == 1

    kept = Idea.objects.get(pk=idea.pk)
    assert (kept.contact, kept.writer_email, kept.receipt) == (Contact.RECEIPT, "", idea.receipt)
    forget_roles(town.adviser)


def test_ideas_of_somebody_who_left_for_good_go_to_the_adviser(town: Town) -> None:
    idea = make_idea(town.municipality, unit=town.ward)
    run_jobs()
    take_out_of_use(town.leader, actor=town.adviser)

    run_jobs()

    idea.refresh_from_db()
    assert (idea.holder, idea.holder_unit) == (town.adviser, town.ward)


def test_ideas_of_a_deleted_account_go_to_the_adviser_and_lose_the_writer(town: Town) -> None:
    held = make_idea(town.municipality, unit=town.ward)
    written = make_idea(town.municipality, writer=town.leader)
    run_jobs()
    delete_user(town.leader, actor=town.adviser)

    run_jobs()

    held.refresh_from_db()
    written.refresh_from_db()
    assert held.holder == town.adviser
    assert written.writer is None
