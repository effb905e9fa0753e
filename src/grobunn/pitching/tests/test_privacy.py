"""What is held about people, and until when."""

from datetime import timedelta

import pytest
from django_scopes import scope

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.pitching.holdings import held_about
from grobunn.pitching.models import Proposal, Question
from grobunn.pitching.services.retention import forget_owners, forget_questions
from grobunn.pitching.tests.factories import make_pitch_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(town):
    with scope(municipality=town.municipality.pk):
        return make_pitch_day(town.municipality, by=town.adviser)


@pytest.fixture
def day(made):
    return made[0]


@pytest.fixture
def slots(made):
    return made[1]


@pytest.fixture
def proposal(day, slots):
    with scope(municipality=day.municipality_id):
        return Proposal.objects.create(
            municipality_id=day.municipality_id, slot=slots[0], title="Sensorer", owner=UserFactory()
        )


def test_owner_is_told_of_being_named(proposal, day):
    assert held_about(proposal.owner)["named_as_owner"] == [{"pitch_day": day.name, "title": "Sensorer"}]
    assert held_about(UserFactory())["named_as_owner"] == []


def test_owner_is_forgotten_a_year_after_the_day(proposal, day):
    with clock.moved_to(clock.now() + timedelta(days=300)):
        assert forget_owners() == 0
    with clock.moved_to(clock.now() + timedelta(days=400)):
        assert forget_owners() == 1

    proposal.refresh_from_db()
    assert proposal.owner is None
    assert proposal.title == "Sensorer"


def test_questions_end_with_the_day(proposal, day, slots):
    with scope(municipality=day.municipality_id):
        Question.objects.create(municipality_id=day.municipality_id, slot=slots[0], text="Hva koster det?")

    assert forget_questions() == 0
    with clock.moved_to(clock.now() + timedelta(days=40)):
        assert forget_questions() == 1
