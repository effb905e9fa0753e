"""One-click sign-in: a persona each in demo mode, refused outside it."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from grobunn.accounts.models import ApiToken, User
from grobunn.accounts.personas import PERSONAS
from grobunn.accounts.queries import user_of_token
from grobunn.accounts.services.personas import DemoIsOff, UnknownPersona
from grobunn.accounts.services.tokens import demo_token
from grobunn.kernel.api import scopes

pytestmark = pytest.mark.django_db
URL = "/konto/demo/"


@pytest.fixture
def _demo(settings):
    settings.DEMO = True


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize("code", PERSONAS)
def test_click_signs_in_as_the_persona(client, code):
    response = client.post(URL, {"persona": code})

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(User.objects.get(email=f"{code}@demo.example").pk)
    assert UserSession.objects.count() == 1


@pytest.mark.usefixtures("_demo")
def test_page_offers_every_persona_by_name(client):
    page = client.get(URL).content.decode()

    assert [persona.name in page for persona in PERSONAS.values()] == [True] * 13


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/trondheim/ny", "/trondheim/ny"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("javascript:x", "/"),
    ],
)
def test_click_leads_back_to_our_own_pages_alone(client, wanted, led_to):
    response = client.post(URL, {"persona": "nurse", "next": wanted})

    assert response["Location"] == led_to


@pytest.mark.usefixtures("_demo")
def test_unknown_persona_signs_nobody_in(client):
    response = client.post(URL, {"persona": "mayor"})

    assert response.status_code == 422
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("_demo")
def test_click_from_another_site_signs_nobody_in():
    client = Client(enforce_csrf_checks=True)

    response = client.post(URL, {"persona": "nurse"})

    assert response.status_code == 403
    assert User.objects.count() == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_outside_demo_mode_everything_is_refused_and_nothing_changes(client, method):
    response = getattr(client, method)(URL, {"persona": "nurse"})

    assert response.status_code == 403
    assert "accounts/demo_is_off.html" in [template.name for template in response.templates]
    assert User.objects.count() == 0
    assert "_auth_user_id" not in client.session


def test_login_page_leads_to_the_personas_in_demo_mode_alone(client, settings):
    without = client.get(reverse("account_login")).content.decode()
    settings.DEMO = True

    assert URL not in without
    assert URL in client.get(reverse("account_login")).content.decode()


@pytest.mark.usefixtures("_demo")
def test_demo_token_has_every_scope_and_ends_the_one_before():
    first = demo_token("nurse")

    second = demo_token("nurse")

    assert user_of_token(first) is None
    assert user_of_token(second).user.email == "nurse@demo.example"
    assert user_of_token(second).scopes == frozenset(scopes.declared())


@pytest.mark.usefixtures("_demo")
def test_demo_token_of_an_unknown_persona_is_refused():
    with pytest.raises(UnknownPersona):
        demo_token("mayor")

    assert ApiToken.objects.count() == 0


def test_demo_token_outside_demo_mode_is_refused_and_nothing_changes():
    with pytest.raises(DemoIsOff):
        demo_token("nurse")

    assert (ApiToken.objects.count(), User.objects.count()) == (0, 0)
