"""Personas: made once, let in only in demo mode."""

import pytest

from grobunn.accounts.demo import load_demo
from grobunn.accounts.models import User
from grobunn.accounts.personas import PERSONAS
from grobunn.accounts.services.personas import DemoIsOff, UnknownPersona, ensure_personas, persona_to_sign_in

CODES = (
    "nurse unit-manager adviser chief-executive juror elected rnd-contact broker researcher council-member neighbour "
    "union archivist"
)


def test_personas_are_those_of_the_product():
    assert sorted(PERSONAS) == sorted(CODES.split())


@pytest.mark.django_db
def test_ensure_personas_twice_makes_each_once():
    first = ensure_personas()

    load_demo()

    assert ensure_personas() == first
    assert User.objects.count() == len(PERSONAS)
    assert {user.is_synthetic for user in first.values()} == {True}
    assert {user.has_usable_password() for user in first.values()} == {False}


@pytest.mark.django_db
def test_persona_to_sign_in_outside_demo_mode_is_refused_and_makes_nobody(settings):
    settings.DEMO = False

    with pytest.raises(DemoIsOff):
        persona_to_sign_in("nurse")

    assert User.objects.count() == 0


@pytest.mark.django_db
def test_persona_to_sign_in_with_an_unknown_code_names_the_known(settings):
    settings.DEMO = True

    with pytest.raises(UnknownPersona, match="nurse, unit-manager"):
        persona_to_sign_in("mayor")

    assert User.objects.count() == 0
