"""What is held about people, and until when."""

import pytest
from django_scopes import scope

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.kernel.limits import forget_rate_buckets
from grobunn.kernel.models import RateBucket
from grobunn.pitching import jobs
from grobunn.pitching.addresses import watch_page
from grobunn.pitching.holdings import held_about
from grobunn.pitching.models import Proposal, Question
from grobunn.pitching.services.retention import forget_owners, forget_questions
from grobunn.pitching.services.running import step_slot
from grobunn.pitching.tests.factories import begun, make_pitch_day

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


def test_owner_is_kept_twelve_months_after_the_day_and_not_a_day_longer(proposal, day):
    with clock.moved_by(days=365):
        assert forget_owners() == 0
    with clock.moved_by(days=366):
        assert forget_owners() == 1
        assert forget_owners() == 0

    proposal.refresh_from_db()
    assert proposal.owner is None
    assert proposal.title == "Sensorer"


def test_owner_goes_with_the_proposal(proposal, slots):
    owner = proposal.owner

    slots[0].delete()

    assert held_about(owner)["named_as_owner"] == []
    assert not Proposal.objects.exists()


def test_a_deleted_account_leaves_the_proposal_without_a_person(proposal):
    proposal.owner.delete()

    proposal.refresh_from_db()
    assert (proposal.owner, proposal.title) == (None, "Sensorer")


def test_a_question_says_nothing_of_who_asked(day):
    kept = {field.name for field in Question._meta.get_fields()}

    assert kept == {"id", "municipality", "slot", "text", "state", "asked_at"}


def test_who_asks_is_a_pseudonym_that_ends_with_the_day(client, town, day, slots):
    begun(day, by=town.adviser)
    step_slot(slots[0], "call", actor=town.adviser)

    asked = client.post(watch_page(day), {"text": "Hva koster det?"}, REMOTE_ADDR="198.51.100.7")
    kept = list(RateBucket.objects.values_list("key", flat=True))
    forget_rate_buckets()
    before = RateBucket.objects.count()
    with clock.moved_by(days=1):
        client.post(watch_page(day), {"text": "Og hvem betaler?"}, REMOTE_ADDR="198.51.100.7")
        forget_rate_buckets()
        next_day = list(RateBucket.objects.values_list("key", flat=True))

    assert asked.status_code == 302
    assert (len(kept), before) == (1, 1)
    assert "198.51.100.7" not in kept[0]
    assert len(next_day) == 1
    assert next_day != kept


def test_questions_stay_for_the_day_and_end_with_it(proposal, day, slots):
    with scope(municipality=day.municipality_id):
        Question.objects.create(municipality_id=day.municipality_id, slot=slots[0], text="Hva koster det?")

    assert forget_questions() == 0
    with clock.moved_by(days=1):
        assert forget_questions() == 1


def test_what_is_promised_is_done_every_night(proposal, day, slots):
    with scope(municipality=day.municipality_id):
        Question.objects.create(municipality_id=day.municipality_id, slot=slots[0], text="Hva koster det?")

    with clock.moved_by(days=366):
        jobs.forget()

    proposal.refresh_from_db()
    assert proposal.owner is None
    assert not Question.objects.exists()
