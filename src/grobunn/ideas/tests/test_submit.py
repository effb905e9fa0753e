"""Taking in an idea."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from grobunn.ideas.models import Contact, Idea
from grobunn.ideas.services.submit import NotInUse, Submission, submit_idea
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel import clock, ids
from grobunn.kernel.models import ActorKind, AuditEntry, StateChange
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import MunicipalityFactory

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_submit_idea_in_unit_goes_to_its_manager_with_a_date(town: Town) -> None:
    with clock.moved_to(MONDAY):
        idea = make_idea(town.municipality, unit=town.ward)

    assert (idea.holder_role, idea.holder_unit, idea.holder) == (Role.UNIT_LEADER, town.ward, town.leader)
    assert idea.answer_due_on == date(2026, 12, 7)
    assert idea.remind_on == date(2026, 12, 2)
    assert idea.reference == f"{town.municipality.slug}-1"


def test_submit_idea_without_unit_goes_to_the_adviser(town: Town) -> None:
    idea = make_idea(town.municipality)

    assert (idea.holder_role, idea.holder) == (Role.INNOVATION_ADVISER, town.adviser)


def test_submit_idea_anonymously_by_signed_in_person_stores_nobody(town: Town) -> None:
    submission = Submission(text="Uten navn.", contact=Contact.RECEIPT)

    idea = submit_idea(town.municipality, submission=submission, actor=town.nurse)

    assert (idea.writer_id, idea.writer_email) == (None, "")
    assert list(StateChange.objects.filter(subject_id=idea.pk).values_list("actor_id", "actor_kind")) == [
        (None, ActorKind.RECEIPT)
    ]
    assert list(AuditEntry.objects.values_list("actor_id", "actor_kind")) == [(None, ActorKind.RECEIPT)]


def test_submit_idea_with_account_stores_the_writer(town: Town) -> None:
    idea = make_idea(town.municipality, writer=town.nurse)

    assert idea.writer == town.nurse


def test_submit_idea_sent_twice_under_one_key_is_kept_once(town: Town) -> None:
    key = ids.new_id()

    first = make_idea(town.municipality, key=key)
    second = make_idea(town.municipality, key=key)

    assert first.pk == second.pk
    assert Idea.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [("   ", "required"), ("x" * 20_001, "max_length"), ("Pasienten 01010750160 trenger hjelp", "identity_number")],
)
def test_submit_idea_with_refused_text_keeps_nothing(town: Town, text: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        make_idea(town.municipality, text=text)

    assert refusal.value.code == code
    assert Idea.objects.count() == 0
    assert AuditEntry.objects.count() == 0


def test_submit_idea_to_municipality_not_in_use_is_refused(db: None) -> None:
    from django_scopes import scope

    municipality = MunicipalityFactory(is_in_use=False)

    with scope(municipality=municipality.pk), pytest.raises(NotInUse):
        submit_idea(municipality, submission=Submission(text="En idé."), actor=AnonymousUser())
