"""One's own data: seen, taken along, removed."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from grobunn.accounts import events, privacy
from grobunn.accounts.models import ApiToken, User
from grobunn.accounts.services.invitations import invite
from grobunn.accounts.services.tokens import make_token
from grobunn.accounts.services.users import delete_user, ensure_user, take_out_of_use
from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import ids
from grobunn.kernel.actors import SYSTEM
from grobunn.kernel.events import subscribe
from grobunn.kernel.models import AuditEntry
from grobunn.kernel.testing import run_jobs

pytestmark = pytest.mark.django_db
heard: list[object] = []


@subscribe(events.UserDeleted, events.UserLeft)
def hear(event):
    heard.append((event.name, event.user_id))


@pytest.fixture(autouse=True)
def _nothing_heard():
    heard.clear()


def test_export_tells_what_is_held_and_no_secret(browser, person):
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    made = make_token(person, name="report", scopes=["organisations:read"], days=30)

    response = browser.get(reverse("accounts:export_my_data"))

    told = json.loads(response.content)["accounts"]
    assert (told["name"], told["email"]) == ("Kari", "kari@test.example")
    assert [token["name"] for token in told["tokens"]] == ["report"]
    assert [factor["type"] for factor in told["second_factors"]] == ["totp"]
    assert response["Content-Disposition"].startswith('attachment; filename="grobunn-')
    for hidden in (secret, made.raw, person.password, ApiToken.objects.get().digest):
        assert hidden not in response.content.decode()


def test_export_holds_nothing_of_others(browser):
    UserFactory(name="Somebody Else", email="else@test.example")

    told = browser.get(reverse("accounts:export_my_data")).content.decode()

    assert "else@test.example" not in told


def test_features_add_their_part(browser, monkeypatch):
    monkeypatch.setattr(privacy, "_holdings", dict(privacy._holdings))
    privacy.register("example", lambda user: {"who": user.name}, label="Examples", purpose="For the test.")

    told = browser.get(reverse("accounts:export_my_data")).json()

    assert told["example"] == {"who": "Kari"}
    assert "Examples" in browser.get(reverse("accounts:my_data")).content.decode()


def test_part_may_be_registered_once():
    with pytest.raises(ImproperlyConfigured):
        privacy.register("accounts", lambda _user: None, label="", purpose="")


def test_account_is_deleted_with_all_that_is_about_its_person_alone(browser, person):
    make_token(person, name="report", scopes=["organisations:read"], days=30)
    invite(
        email=person.email, municipality_id=ids.new_id(), municipality_name="X", payload={}, invited_by=UserFactory()
    )

    response = browser.post(reverse("accounts:delete_account"), {"email": "Kari@test.example"})

    run_jobs()
    assert response["Location"] == "/"
    assert not User.objects.filter(pk=person.pk).exists()
    assert (ApiToken.objects.count(), EmailAddress.objects.count()) == (0, 0)
    assert heard == [("accounts.user_deleted", person.pk)]
    assert "_auth_user_id" not in browser.session


def test_audit_keeps_no_name_of_a_deleted_person(person):
    delete_user(person, actor=SYSTEM)

    kept = str(list(AuditEntry.objects.values()))
    assert "kari@test.example" not in kept
    assert "Kari" not in kept


def test_account_is_not_deleted_with_another_address(browser, person):
    response = browser.post(reverse("accounts:delete_account"), {"email": "ola@test.example"})

    assert response.status_code == 422
    assert User.objects.filter(pk=person.pk).exists()
    assert heard == []


def test_account_is_not_deleted_without_the_password_once_more(client, person):
    client.force_login(person)

    response = client.post(reverse("accounts:delete_account"), {"email": person.email})

    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert User.objects.filter(pk=person.pk).exists()


def test_leaving_is_told_once(person):
    take_out_of_use(person, actor=SYSTEM)
    take_out_of_use(person, actor=SYSTEM)

    run_jobs()
    assert heard == [("accounts.user_left", person.pk)]
    assert AuditEntry.objects.filter(action="accounts.take_out_of_use").count() == 1


def test_ensure_user_leaves_one_that_exists_as_it_is(person):
    found = ensure_user(email="KARI@test.example", name="Other", language="en")

    found.refresh_from_db()
    assert found == person
    assert (found.name, found.language) == ("Kari", "")


def test_name_and_language_are_saved(browser, person):
    browser.post(reverse("accounts:overview"), {"name": " Kari Nordmann ", "language": "nn"})

    person.refresh_from_db()
    assert (person.name, person.language) == ("Kari Nordmann", "nn")


def test_empty_name_is_refused(browser, person):
    response = browser.post(reverse("accounts:overview"), {"name": " ", "language": ""})

    person.refresh_from_db()
    assert response.status_code == 422
    assert person.name == "Kari"
