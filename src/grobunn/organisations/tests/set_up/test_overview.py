"""Whom the set-up opens for, and what its first page tells."""

from collections.abc import Callable

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.organisations.models import Absence, Municipality, Role, RoleAssignment, Unit
from grobunn.organisations.tests.factories import (
    AbsenceFactory,
    MunicipalityFactory,
    RoleAssignmentFactory,
    adviser_of,
)
from grobunn.organisations.tests.set_up.steps import member, signed_in, url

pytestmark = pytest.mark.django_db


PAGES = ["set_up", "profile", "promise", "addresses", "units", "new_unit", "people", "new_role"]


ACTORS: dict[str, tuple[Callable[[Municipality], User | None], int]] = {
    "signed out": (lambda _here: None, 302),
    "without a role": (lambda _here: UserFactory(), 403),
    "operator": (lambda _here: UserFactory(is_operator=True), 403),
    "adviser elsewhere": (lambda _here: adviser_of(MunicipalityFactory()), 404),
    **{f"{role} here": (member(role), 403) for role in Role.values},
    "innovation_adviser here": (member(Role.INNOVATION_ADVISER), 200),
    "chief_exec here": (member(Role.CHIEF_EXEC), 200),
}


@pytest.mark.parametrize("actor", ACTORS)
def test_set_up_pages_open_for_adviser_and_chief_executive_only(actor: str, here: Municipality) -> None:
    make, expected = ACTORS[actor]
    user = make(here)
    client = signed_in(user) if user else Client()

    assert {name: client.get(url(name, here)).status_code for name in PAGES} == dict.fromkeys(PAGES, expected)


def test_other_municipalitys_things_are_not_found(here: Municipality, adviser: Client) -> None:
    theirs = RoleAssignmentFactory(role=Role.UNIT_LEADER)
    away = AbsenceFactory(municipality=theirs.municipality, user=theirs.user)
    role = {"person": theirs.user_id, "assignment": theirs.pk}

    for name, kwargs in (
        ("unit", {"unit": theirs.unit.slug}),
        ("poster_svg", {"unit": theirs.unit.slug}),
        ("poster_pdf", {"unit": theirs.unit.slug}),
        ("person", {"person": theirs.user_id}),
        ("absence_of", {"person": theirs.user_id}),
    ):
        assert adviser.get(url(name, here, **kwargs)).status_code == 404
    for name, kwargs in (
        ("close_unit", {"unit": theirs.unit.slug}),
        ("reopen_unit", {"unit": theirs.unit.slug}),
        ("end_role", role),
        ("go_on", role),
        ("absence_of", {"person": theirs.user_id}),
        ("back", {"absence": away.pk}),
    ):
        assert adviser.post(url(name, here, **kwargs), {"last_day": clock.today()}).status_code == 404
    with scopes_disabled():
        assert Unit.objects.get(pk=theirs.unit_id).closed_on is None
        assert RoleAssignment.objects.get(pk=theirs.pk).to_on is None
        assert Absence.objects.filter(pk=away.pk).exists()


def test_set_up_entry_is_shown_to_those_who_may(here: Municipality, adviser: Client) -> None:
    employee = signed_in(member(Role.EMPLOYEE)(here))
    page = url("absence", here)

    assert url("set_up", here) in adviser.get(page).content.decode()
    assert url("set_up", here) not in employee.get(page).content.decode()


def test_overview_tells_what_is_missing_and_opens_the_door(here: Municipality, adviser: Client) -> None:
    Municipality.objects.filter(pk=here.pk).update(is_in_use=False)

    text = adviser.get(url("set_up", here)).content.decode()
    assert url("new_role", here) in text  # no chief executive
    assert url("start", here) in text

    adviser.post(url("start", here))
    assert Municipality.objects.get(pk=here.pk).is_in_use is True
