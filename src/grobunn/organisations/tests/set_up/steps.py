"""What the tests of the set-up's pages do."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from grobunn.accounts.models import User
from grobunn.organisations.models import Municipality
from grobunn.organisations.tests.factories import RoleAssignmentFactory, UnitFactory


def url(name: str, municipality: Municipality, **kwargs: Any) -> str:
    return reverse(f"organisations:{name}", kwargs={"municipality": municipality.slug, **kwargs})


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def member(role: str) -> Callable[[Municipality], User]:
    return lambda municipality: RoleAssignmentFactory(unit=UnitFactory(municipality=municipality), role=role).user
