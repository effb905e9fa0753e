"""Invitations: by mail, used once, by whom they were sent to."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection

from grobunn.accounts import events, queries
from grobunn.accounts.jobs import forget_old
from grobunn.accounts.models import Invitation, User
from grobunn.accounts.services import invitations
from grobunn.accounts.services.invitations import (
    InvitationClosed,
    InvitedIsAnother,
    accept_as,
    accept_as_new,
    invitation_of_key,
    invite,
    key_of,
    withdraw_invitation,
)
from grobunn.accounts.tests.conftest import PASSWORD
from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock, ids
from grobunn.kernel.events import handlers_of, subscribe
from grobunn.kernel.testing import run_jobs

pytestmark = pytest.mark.django_db
TRONDHEIM = ids.new_id()
PAYLOAD = {"for": "the sender alone", "number": 3}
NEW = {"name": "Ola Nordmann", "password": "four other plain words"}

heard: list[events.InvitationAccepted] = []


@subscribe(events.InvitationAccepted)
def hear(event: events.InvitationAccepted) -> None:
    heard.append(event)


@pytest.fixture(autouse=True)
def _nothing_heard():
    heard.clear()


@pytest.fixture
def adviser():
    return UserFactory(name="Ingrid")


@pytest.fixture
def invitation(adviser):
    return invite(
        email="Ola@Test.Example",
        municipality_id=TRONDHEIM,
        municipality_name="Trondheim",
        payload=PAYLOAD,
        invited_by=adviser,
        name="Ola",
        language="nn",
    )


def url_of(invitation):
    return f"/konto/invitasjon/{key_of(invitation)}/"


def test_mail_names_who_invites_and_leads_to_the_invitation_in_its_language(invitation):
    message = mail.outbox[0]

    assert message.to == ["ola@test.example"]
    assert message.subject == "Du er invitert til Grobunn i Trondheim"
    assert "Ingrid inviterer deg" in message.body
    assert "Opne lenkja for å bli med" in message.body
    assert re.search(r"https?://\S+", message.body).group(0).endswith(url_of(invitation))


def test_somebody_new_joins_and_is_signed_in(client, invitation):
    response = client.post(url_of(invitation), NEW)

    user = User.objects.get(email="ola@test.example")
    assert response["Location"] == "/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert (user.name, user.language, user.check_password(NEW["password"])) == ("Ola Nordmann", "nn", True)
    assert EmailAddress.objects.get(user=user).verified is True


def test_acceptance_gives_the_sender_its_payload_back(client, invitation, adviser):
    client.post(url_of(invitation), NEW)
    run_jobs()

    assert [(event.payload, event.municipality_id, event.invited_by_id) for event in heard] == [
        (PAYLOAD, TRONDHEIM, adviser.pk)
    ]
    assert heard[0].user_id == User.objects.get(email="ola@test.example").pk
    assert handlers_of(events.InvitationAccepted) != []


def test_link_works_once(client, invitation):
    client.post(url_of(invitation), NEW)

    again = client.post(url_of(invitation), {"name": "Mallory", "password": "five other plain words"})

    assert again.status_code == 410
    assert User.objects.get(email="ola@test.example").name == "Ola Nordmann"


@pytest.mark.parametrize("key", ["x", "x:y", "01890a5d-ac96-774b-bcce-b302099a8057:AAAA"])
def test_link_that_is_not_ours_opens_nothing(client, invitation, key):
    response = client.post(f"/konto/invitasjon/{key}/", NEW)

    assert response.status_code == 410
    assert User.objects.filter(email="ola@test.example").count() == 0


def test_link_is_closed_after_two_weeks(client, invitation):
    with clock.moved_by(days=14, seconds=1):
        response = client.post(url_of(invitation), NEW)

    assert response.status_code == 410
    assert User.objects.filter(email="ola@test.example").count() == 0


def test_withdrawn_invitation_is_closed(client, invitation, adviser):
    withdraw_invitation(invitation, actor=adviser)

    assert client.get(url_of(invitation)).status_code == 410
    assert list(queries.open_invitations(TRONDHEIM)) == []


def test_new_invitation_closes_the_one_before(invitation, adviser):
    newer = invite(
        email=invitation.email,
        municipality_id=TRONDHEIM,
        municipality_name="Trondheim",
        payload={},
        invited_by=adviser,
    )

    with pytest.raises(InvitationClosed):
        invitation_of_key(key_of(invitation))
    assert list(queries.open_invitations(TRONDHEIM)) == [newer]


def test_weak_password_joins_nobody(client, invitation):
    response = client.post(url_of(invitation), {"name": "Ola", "password": "short"})

    assert response.status_code == 422
    assert User.objects.filter(email="ola@test.example").count() == 0


def test_invited_person_with_an_account_signs_in_first(client, person, adviser):
    invitation = invite(
        email=person.email,
        municipality_id=TRONDHEIM,
        municipality_name="Trondheim",
        payload=PAYLOAD,
        invited_by=adviser,
    )

    response = client.post(url_of(invitation), {"name": "Mallory", "password": NEW["password"]})

    person.refresh_from_db()
    assert "_auth_user_id" not in client.session
    assert f"?next={url_of(invitation)}".replace(":", "%3A") in response.content.decode()
    assert person.check_password(PASSWORD)


def test_invited_person_with_an_account_joins_with_it(browser, person, adviser):
    invitation = invite(
        email=person.email,
        municipality_id=TRONDHEIM,
        municipality_name="Trondheim",
        payload=PAYLOAD,
        invited_by=adviser,
    )

    browser.post(url_of(invitation))
    run_jobs()

    assert [event.user_id for event in heard] == [person.pk]


def test_invitation_to_another_account_is_not_taken_up(browser, person, adviser):
    UserFactory(email="ola@test.example")
    invitation = invite(
        email="ola@test.example",
        municipality_id=TRONDHEIM,
        municipality_name="Trondheim",
        payload=PAYLOAD,
        invited_by=adviser,
    )

    response = browser.post(url_of(invitation))

    assert response.status_code == 403
    with pytest.raises(InvitedIsAnother):
        accept_as(person, invitation)
    assert Invitation.objects.get().accepted_at is None


@pytest.mark.django_db(transaction=True)
def test_racing_acceptances_make_one_account(adviser):
    invitation = invite(
        email="ola@test.example",
        municipality_id=TRONDHEIM,
        municipality_name="Trondheim",
        payload=PAYLOAD,
        invited_by=adviser,
    )
    barrier = Barrier(2)

    def accept(name):
        barrier.wait()
        try:
            return accept_as_new(invitation, name=name, password=NEW["password"]).name
        except invitations.InvitationClosed:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        joined = [name for name in pool.map(accept, ["First", "Second"]) if name is not None]

    assert len(joined) == 1
    assert [user.name for user in User.objects.filter(email="ola@test.example")] == joined


def test_invitations_are_forgotten_a_month_after_their_end(invitation):
    with clock.moved_by(days=43):
        forget_old()
    kept = Invitation.objects.count()
    with clock.moved_by(days=45):
        forget_old()

    assert (kept, Invitation.objects.count()) == (1, 0)
