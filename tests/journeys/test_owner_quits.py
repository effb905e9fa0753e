"""An owner quits in the middle: the work has an owner all the same, who is asked, and the writer's thread is honest."""

from datetime import UTC, datetime, timedelta

import pytest
from django_scopes import scope, scopes_disabled

from grobunn.accounts.services.users import delete_user
from grobunn.ideas.models import Idea
from grobunn.ideas.tests.conftest import Town
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.services.asking import ask_owners_again
from grobunn.kernel import clock
from grobunn.kernel.actors import SYSTEM
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.testing import sent_mails
from grobunn.organisations.models import RoleAssignment
from grobunn.organisations.services.roles import end_role
from tests.journeys.conftest import Come, idea_in, places_in, start_work

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def started(town: Town, come: Come) -> Idea:
    idea = idea_in(town, unit=town.ward, writer=town.nurse, title="Benk ved døra", text="Folk står og venter.")
    with clock.moved_to(MONDAY):
        start_work(come(town.adviser), idea, places_in(town))
        run_jobs()
    return idea


def _initiative() -> Initiative:
    with scopes_disabled():
        return Initiative.objects.select_related("owner").get()


def _owner_of(initiative: Initiative) -> str:
    return initiative.owner.name if initiative.owner else ""


def test_owner_whose_role_ends_is_followed_by_the_leader_above_who_says_yes(
    town: Town, come: Come, started: Idea
) -> None:
    first = _initiative()
    assert _owner_of(first) == town.leader.name
    with clock.moved_to(MONDAY + timedelta(days=30)):
        with scope(municipality=town.municipality.pk):
            assignment = RoleAssignment.objects.select_related("user").get(user=town.leader)
            end_role(assignment, last_day=clock.today() - timedelta(days=1), actor=SYSTEM)
        run_jobs()

        asked = _initiative()
        assert (_owner_of(asked), asked.is_owner_asked) == (town.director.name, True)
        assert sent_mails(town.director.email)[-1].subject == "Du eier det nå: Benk ved døra"
        answer = come(town.director).open(f"/storvik/initiativ/{asked.reference}/").follow("Svar")
        answer.press("Ja, jeg tar over")

    assert _initiative().is_owner_asked is False


def test_owner_who_deletes_the_account_leaves_nothing_behind(town: Town, come: Come, started: Idea) -> None:
    with clock.moved_to(MONDAY + timedelta(days=30)):
        delete_user(town.leader, actor=town.leader)
        # Before any job has run.
        assert _owner_of(_initiative()) == town.director.name
        run_jobs()
        thread = come(town.nurse).open(f"/storvik/ideer/{started.reference}/")

    assert town.leader.name not in thread.text
    assert thread.status == 200
    with clock.moved_to(MONDAY + timedelta(days=42)):
        ask_owners_again()
        run_jobs()
    subjects = [mail.subject for mail in sent_mails(town.director.email)]
    assert subjects.count("Har du sett at du eier det? Benk ved døra") == 1
