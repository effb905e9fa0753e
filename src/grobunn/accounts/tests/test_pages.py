"""Every page of accounts can be opened by those whom it is for, in every language, and by nobody else."""

import re

import pytest
from django.urls import reverse

OPEN = [
    "account_login",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "socialaccount_login_cancelled",
]
OWN = [
    "accounts:overview",
    "accounts:tokens",
    "accounts:make_token",
    "accounts:my_data",
    "accounts:export_my_data",
    "accounts:delete_account",
    "account_reauthenticate",
    "account_email",
    "account_change_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "usersessions_list",
    "socialaccount_connections",
]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("name", OPEN)
def test_entrance_page_opens_for_somebody_signed_out(client, name, language):
    response = client.get(reverse(name), headers={"Accept-Language": language})

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("name", OWN)
def test_own_page_opens_for_its_person(browser, name, language):
    response = browser.get(reverse(name), headers={"Accept-Language": language})

    assert response.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", OWN)
def test_own_page_sends_somebody_signed_out_to_the_login_and_back(client, name):
    response = client.get(reverse(name))

    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={reverse(name)}"


@pytest.mark.parametrize("name", [*OPEN, *OWN])
def test_page_holds_no_inline_script_or_style(browser, name):
    if name in OPEN:
        browser.logout()

    page = browser.get(reverse(name), follow=True).content.decode()

    assert re.findall(r"<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=|<style", page) == []
