"""Signing in with a password, an app's code or a recovery code; sessions; forgotten passwords; changed addresses."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from grobunn.accounts.services.users import take_out_of_use
from grobunn.accounts.tests.conftest import PASSWORD
from grobunn.kernel.actors import SYSTEM

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"


def log_in(client, person, password=PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": person.email, "password": password}, **extra)


def is_signed_in(client):
    return client.get(reverse("accounts:overview")).status_code == 200


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def link_in(message):
    return re.search(r"https?://[^/]+(/\S+)", message.body).group(1)


def test_password_lets_its_person_in(client, person):
    response = log_in(client, person)

    assert response["Location"] == "/"
    assert is_signed_in(client)


def test_address_is_taken_in_any_case(client, person):
    client.post(reverse("account_login"), {"login": "KARI@Test.Example", "password": PASSWORD})

    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "E-postadressen eller passordet er feil."),
        ("nn", "E-postadressa eller passordet er feil."),
        ("en", "The e-mail address or the password is wrong."),
    ],
)
def test_wrong_password_is_refused_in_the_readers_language(client, person, language, words):
    response = log_in(client, person, "wrong", headers={"Accept-Language": language})

    assert words in response.content.decode()
    assert not is_signed_in(client)


def test_unknown_address_is_refused_in_the_same_words(client, person):
    known = log_in(client, person, "wrong").context["form"].non_field_errors()
    person.email = "nobody@test.example"

    assert log_in(client, person, "wrong").context["form"].non_field_errors() == known


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [("/konto/nokler/", "/konto/nokler/"), ("https://evil.example/", "/"), ("//evil.example", "/")],
)
def test_login_leads_back_to_our_own_pages_alone(client, person, wanted, led_to):
    response = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD, "next": wanted})

    assert response["Location"] == led_to


def test_many_wrong_passwords_close_the_door_for_a_while(client, person):
    for _ in range(10):
        log_in(client, person, "wrong")

    response = log_in(client, person)

    assert "For mange forsøk" in response.content.decode()
    assert not is_signed_in(client)


def test_somebody_who_left_is_not_let_in(client, person):
    person.is_active = False
    person.save(update_fields=["is_active"])

    log_in(client, person)

    assert not is_signed_in(client)


def test_leaving_ends_every_session_at_once(person):
    browsers = [Client(), Client()]
    for client in browsers:
        log_in(client, person)

    take_out_of_use(person, actor=SYSTEM)

    assert [is_signed_in(client) for client in browsers] == [False, False]
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)


def test_session_keeps_the_device_and_no_address(client, person):
    log_in(client, person, headers={"User-Agent": FIREFOX}, REMOTE_ADDR="203.0.113.77")

    session = UserSession.objects.get()
    assert (session.user_agent, session.ip) == ("Firefox, Windows", "0.0.0.0")
    assert "203.0.113.77" not in str(Session.objects.get().get_decoded())


def test_person_signs_out_everywhere_else(browser, person):
    other = Client()
    log_in(other, person)

    browser.post(reverse("usersessions_list"))

    assert is_signed_in(browser)
    assert not is_signed_in(other)


def test_app_asks_for_its_code_after_the_password(client, person):
    secret = generate_totp_secret()
    TOTP.activate(person, secret)

    response = log_in(client, person)
    before = is_signed_in(client)
    client.post(response["Location"], {"code": code_of(secret)})

    assert response["Location"] == reverse("mfa_authenticate")
    assert not before
    assert is_signed_in(client)


def test_wrong_code_lets_nobody_in(client, person):
    TOTP.activate(person, generate_totp_secret())
    log_in(client, person)

    response = client.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert "Koden er feil" in response.content.decode()
    assert not is_signed_in(client)


@pytest.mark.django_db(transaction=True)
def test_app_is_set_up_with_a_code_and_recovery_codes_are_given(browser):
    page = browser.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret

    response = browser.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)

    assert sorted(Authenticator.objects.values_list("type", flat=True)) == ["recovery_codes", "totp"]
    assert len(response.context["unused_codes"]) == 10
    assert "<svg" in page.content.decode()
    assert "Totrinns innlogging er slått på" in [message.subject for message in mail.outbox]


def test_secrets_of_factors_are_not_in_the_database_in_clear(person):
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    codes = RecoveryCodes.activate(person)

    stored = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert secret not in stored
    assert codes.instance.wrap().get_unused_codes()[0] not in stored


def test_recovery_code_lets_in_once(client, person):
    TOTP.activate(person, generate_totp_secret())
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    log_in(client, person)
    client.post(reverse("mfa_authenticate"), {"code": code})
    first = is_signed_in(client)
    client.logout()

    log_in(client, person)
    client.post(reverse("mfa_authenticate"), {"code": code})

    assert first
    assert not is_signed_in(client)


def test_forgotten_password_is_chosen_anew_by_a_link_that_works_once(client, person):
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = link_in(mail.outbox[0])
    form = client.get(link, follow=True)
    chosen = {"password1": "four other plain words", "password2": "four other plain words"}

    client.post(form.request["PATH_INFO"], chosen)

    person.refresh_from_db()
    assert person.check_password(chosen["password1"])
    assert Client().get(link, follow=True).context["token_fail"] is True
    assert mail.outbox[1].subject == "Passordet ditt er endret"


def test_forgotten_password_of_nobody_looks_the_same_and_sends_nothing(client, person):
    known = client.post(reverse("account_reset_password"), {"email": person.email})
    mail.outbox.clear()

    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@test.example"})

    assert unknown["Location"] == known["Location"]
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("language", "subject"),
    [("nb", "Velg et nytt passord"), ("nn", "Vel eit nytt passord"), ("en", "Choose a new password")],
)
def test_mail_speaks_its_readers_language_whatever_the_page_spoke(client, person, language, subject):
    person.language = language
    person.save(update_fields=["language"])

    client.post(reverse("account_reset_password"), {"email": person.email}, headers={"Accept-Language": "nb"})

    assert mail.outbox[0].subject == subject


def test_no_mail_tells_an_address_or_a_browser(client, person):
    client.post(
        reverse("account_reset_password"),
        {"email": person.email},
        headers={"User-Agent": FIREFOX},
        REMOTE_ADDR="203.0.113.77",
    )

    assert "203.0.113.77" not in mail.outbox[0].body
    assert "Firefox" not in mail.outbox[0].body


def test_address_is_changed_when_the_link_in_the_new_one_is_opened(browser, person):
    browser.post(reverse("account_email"), {"email": "kari.ny@test.example", "action_add": ""})
    person.refresh_from_db()
    before = person.email

    browser.post(link_in(mail.outbox[0]))

    person.refresh_from_db()
    assert (before, person.email) == ("kari@test.example", "kari.ny@test.example")
    assert list(EmailAddress.objects.values_list("email", "primary")) == [("kari.ny@test.example", True)]


def test_changing_the_password_needs_the_one_before(browser, person):
    chosen = {"password1": "four other plain words", "password2": "four other plain words"}

    browser.post(reverse("account_change_password"), {"oldpassword": "wrong", **chosen})

    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_two_passwords_that_differ_are_told_in_our_words(browser):
    response = browser.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "four other plain words", "password2": "not the same words"},
        headers={"Accept-Language": "nn"},
    )

    assert response.context["form"].errors["password2"] == ["Dei to passorda er ikkje like."]


@pytest.mark.parametrize("password", ["short", "123456789012", "passwordpassword"[:8]])
def test_weak_password_is_refused(browser, person, password):
    browser.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )

    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_nobody_signs_up_by_themselves(client):
    response = client.post(
        reverse("account_signup"), {"email": "new@test.example", "password1": PASSWORD, "name": "New"}
    )

    assert "account/signup_closed.html" in [template.name for template in response.templates]
    assert EmailAddress.objects.count() == 0


def test_second_factor_needs_the_password_once_more(client, person):
    log_in(client, person)

    response = client.get(reverse("mfa_activate_totp"))

    assert response["Location"] == f"{reverse('account_reauthenticate')}?next=%2Fkonto%2Ftotrinn%2Fapp%2F"


def test_signing_out_takes_a_post(browser):
    browser.get(reverse("account_logout"))
    still = is_signed_in(browser)

    browser.post(reverse("account_logout"))

    assert still
    assert not is_signed_in(browser)


def test_lost_second_steps_are_removed_and_the_person_is_told(client, person, capsys):
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)

    call_command("remove_second_steps", person.email)

    log_in(client, person)
    assert is_signed_in(client)
    assert Authenticator.objects.count() == 0
    assert mail.outbox[-1].subject == "Totrinns innlogging er slått av"
    assert capsys.readouterr().out.startswith("2 removed. Kari signs in")


def test_second_steps_of_nobody_are_not_removed():
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("remove_second_steps", "nobody@test.example")
