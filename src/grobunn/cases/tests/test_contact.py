"""A person is named as the contact by their own consent only, and each way in which it ends leaves the role alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from grobunn.cases.guards import NotReady
from grobunn.cases.models import Case, Edition
from grobunn.cases.services import contact
from grobunn.cases.services.steps import draft_of, publish_changes
from grobunn.cases.tests.conftest import Town
from grobunn.kernel import clock
from grobunn.organisations.models import RoleAssignment
from grobunn.organisations.queries import forget_roles


def _named(town: Town, case: Case) -> Case:
    """The case with the nurse named as its contact, published."""
    until = clock.today() + timedelta(days=90)
    contact.ask_to_be_named(case, user=town.nurse, until=until, actor=town.writer)
    contact.agree_to_be_named(case, until=until, actor=town.nurse)
    publish_changes(case, actor=town.adviser)
    assert Case.objects.get(pk=case.pk).contact_person_id == town.nurse.pk
    return case


def _names_nobody(case: Case) -> bool:
    kept, draft = Case.objects.get(pk=case.pk), draft_of(case)
    assert kept.contact_role
    return all(row.contact_person_id is row.contact_until is row.contact_consented_at is None for row in (kept, draft))


def test_person_is_not_named_before_they_agree(town: Town, case: Case) -> None:
    contact.ask_to_be_named(case, user=town.nurse, until=clock.today() + timedelta(days=30), actor=town.writer)

    with pytest.raises(NotReady) as refusal:
        publish_changes(case, actor=town.adviser)

    assert refusal.value.field == "contact"
    assert Case.objects.get(pk=case.pk).contact_person_id is None


def test_nobody_agrees_for_another(town: Town, case: Case) -> None:
    until = clock.today() + timedelta(days=30)
    contact.ask_to_be_named(case, user=town.nurse, until=until, actor=town.writer)

    with pytest.raises(PermissionDenied):
        contact.agree_to_be_named(case, until=until, actor=town.writer)

    assert draft_of(case).contact_consented_at is None


def test_whoever_names_themselves_has_agreed(town: Town, case: Case) -> None:
    draft = contact.ask_to_be_named(case, user=town.writer, until=clock.today() + timedelta(days=30), actor=town.writer)

    assert draft.contact_consented_at is not None


def test_consent_does_not_pass_to_another_person(town: Town, case: Case) -> None:
    _named(town, case)

    draft = contact.ask_to_be_named(case, user=town.leader, until=clock.today() + timedelta(days=30), actor=town.writer)

    assert (draft.contact_person_id, draft.contact_consented_at) == (town.leader.pk, None)


@pytest.mark.parametrize("days", [-1, 400])
def test_day_lies_ahead_and_at_most_a_year(town: Town, case: Case, days: int) -> None:
    with pytest.raises(ValidationError):
        contact.ask_to_be_named(case, user=town.nurse, until=clock.today() + timedelta(days=days), actor=town.writer)

    assert draft_of(case).contact_person_id is None


def test_stranger_is_not_asked(town: Town, case: Case) -> None:
    with pytest.raises(ValidationError):
        contact.ask_to_be_named(case, user=town.outsider, until=clock.today() + timedelta(days=30), actor=town.writer)


def test_name_goes_when_its_day_has_passed(town: Town, case: Case) -> None:
    _named(town, case)

    assert contact.end_lapsed_names() == 0
    with clock.moved_by(days=91):
        assert contact.end_lapsed_names() == 1

    assert _names_nobody(case)


def test_name_goes_when_the_person_takes_it_back(town: Town, case: Case) -> None:
    _named(town, case)

    contact.take_name_away(case, actor=town.nurse)

    assert _names_nobody(case)


def test_name_goes_when_the_person_leaves_the_municipality(town: Town, case: Case) -> None:
    _named(town, case)

    assert contact.end_names_of(town.nurse.pk, municipality_id=town.municipality.pk) == 0
    RoleAssignment.objects.filter(user=town.nurse).delete()
    forget_roles(town.nurse)
    assert contact.end_names_of(town.nurse.pk, municipality_id=town.municipality.pk) == 1

    assert _names_nobody(case)


def test_name_goes_with_the_account(town: Town, case: Case) -> None:
    _named(town, case)

    town.nurse.delete()

    assert Case.objects.get(pk=case.pk).contact_person_id is None
    assert Case.objects.get(pk=case.pk).contact_role


def test_colleague_does_not_take_a_name_away(town: Town, case: Case) -> None:
    _named(town, case)

    with pytest.raises(PermissionDenied):
        contact.take_name_away(case, actor=town.leader)

    assert not _names_nobody(case)


def test_no_edition_ever_holds_the_person(town: Town, case: Case) -> None:
    _named(town, case)

    for content in Edition.objects.filter(case=case).values_list("content", flat=True):
        assert not {"contact_person_id", "contact_until", "contact_consented_at"} & set(content)
        assert str(town.nurse.pk) not in str(content)
