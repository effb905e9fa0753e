"""People and browsers for the tests of accounts."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory

PASSWORD = "three plain words"


@pytest.fixture
def person(db) -> User:
    """Somebody with a proved address and a password."""
    person = UserFactory(email="kari@test.example", name="Kari", password=PASSWORD)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@pytest.fixture
def browser(client: Client, person: User) -> Client:
    """A browser in which the person has just signed in, and confirmed the password once more."""
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client
