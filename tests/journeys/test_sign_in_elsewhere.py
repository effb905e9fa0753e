"""Login at the municipality's own OpenID Connect provider, against a real one on loopback."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.urls import reverse
from django.utils.html import escape

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.config.environment import Environment
from grobunn.config.sign_in import sign_in_elsewhere
from tests.journeys.openid_provider import CLIENT_ID, CLIENT_SECRET, running_provider

LOGIN = "/konto/oidc/kommune/"


@pytest.fixture(scope="module")
def provider():
    with running_provider() as provider:
        yield provider


@pytest.fixture(autouse=True)
def _configured(settings, provider):
    environment = Environment(
        oidc_issuer=provider.address, oidc_name="Kommunen", oidc_client_id=CLIENT_ID, oidc_client_secret=CLIENT_SECRET
    )
    settings.SOCIALACCOUNT_PROVIDERS = sign_in_elsewhere(environment)


@pytest.fixture
def person(db):
    person = UserFactory(email="kari@kommune.example", name="Kari")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(client, provider, sub):
    """From our button to the provider, and back with its answer."""
    return client.get(provider.sign_in(leave(client), sub=sub))


def leave(client, query=""):
    """Press our button; the address that our page goes on to by itself."""
    page = client.post(LOGIN + query)
    address = page.context["address"]
    assert f'content="0;url={escape(address)}"' in page.content.decode()
    return address


def signed_in_as(client):
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key) if key else None


@pytest.mark.django_db
def test_login_page_offers_the_configured_login_by_its_name(client):
    page = client.get(reverse("account_login"), headers={"Accept-Language": "en"}).content.decode()

    assert "Sign in with Kommunen" in page
    assert f'action="{LOGIN}' in page


@pytest.mark.django_db
def test_login_page_offers_none_when_none_is_configured(client, settings):
    settings.SOCIALACCOUNT_PROVIDERS = sign_in_elsewhere(Environment())

    page = client.get(reverse("account_login")).content.decode()

    assert "/konto/oidc/" not in page


@pytest.mark.django_db
def test_leaving_for_the_provider_asks_for_a_code_with_a_challenge(client, provider):
    leaving = urlsplit(leave(client))

    asked = parse_qs(leaving.query)
    assert f"{leaving.scheme}://{leaving.netloc}" == provider.address
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"http://testserver{LOGIN}svar/"]


@pytest.mark.django_db
def test_getting_the_login_address_only_asks(client):
    assert client.get(LOGIN).status_code == 200
    assert signed_in_as(client) is None


def test_person_with_the_proved_address_is_signed_in_and_connected(client, provider, person):
    provider.register("kari-1", email=person.email, email_verified=True, name="Another Name")

    response = sign_in(client, provider, "kari-1")

    assert response["Location"] == "/"
    assert signed_in_as(client) == person
    assert SocialAccount.objects.get().uid == "kari-1"
    person.refresh_from_db()
    assert person.name == "Kari"


def test_nothing_but_the_account_number_is_kept_of_what_the_provider_told(client, provider, person):
    provider.register("kari-2", email=person.email, email_verified=True, phone_number="+47 400 00 000")

    sign_in(client, provider, "kari-2")

    assert SocialAccount.objects.get().extra_data == {}
    assert SocialToken.objects.count() == 0


def test_connected_person_is_known_by_number_when_the_address_changed_there(client, provider, person):
    SocialAccount.objects.create(user=person, provider="kommune", uid="kari-3")
    provider.register("kari-3", email="married@kommune.example", email_verified=True)

    sign_in(client, provider, "kari-3")

    assert signed_in_as(client) == person


def test_address_that_the_provider_has_not_proved_opens_nothing(client, provider, person):
    provider.register("mallory", email=person.email, email_verified=False)

    response = sign_in(client, provider, "mallory")

    assert signed_in_as(client) is None
    assert SocialAccount.objects.count() == 0
    assert "account/signup_closed.html" in [template.name for template in response.templates]


@pytest.mark.django_db
def test_unknown_person_gets_no_account(client, provider):
    provider.register("stranger", email="stranger@kommune.example", email_verified=True)

    response = sign_in(client, provider, "stranger")

    assert signed_in_as(client) is None
    assert User.objects.count() == 0
    assert "account/signup_closed.html" in [template.name for template in response.templates]


def test_person_who_left_is_not_signed_in(client, provider, person):
    person.is_active = False
    person.save(update_fields=["is_active"])
    provider.register("kari-4", email=person.email, email_verified=True)

    sign_in(client, provider, "kari-4")

    assert signed_in_as(client) is None


def test_answer_with_another_state_is_refused(client, provider, person):
    provider.register("kari-5", email=person.email, email_verified=True)
    back = provider.sign_in(leave(client), sub="kari-5")

    response = client.get(back.replace("state=", "state=x"))

    assert response.status_code == 401
    assert signed_in_as(client) is None


def test_login_comes_back_to_where_it_began(client, provider, person):
    provider.register("kari-6", email=person.email, email_verified=True)
    leaving = leave(client, "?next=/konto/nokler/")

    response = client.get(provider.sign_in(leaving, sub="kari-6"))

    assert response["Location"] == "/konto/nokler/"


def test_login_does_not_go_on_to_another_site(client, provider, person):
    provider.register("kari-7", email=person.email, email_verified=True)
    leaving = leave(client, "?next=https://evil.example/")

    response = client.get(provider.sign_in(leaving, sub="kari-7"))

    assert response["Location"] == "/"


def test_code_works_once(client, provider, person):
    provider.register("kari-8", email=person.email, email_verified=True)
    back = provider.sign_in(leave(client), sub="kari-8")
    client.get(back)
    client.logout()

    response = client.get(back)

    assert response.status_code == 401
    assert signed_in_as(client) is None
