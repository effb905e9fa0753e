"""The link in a mail: pressed by a person, by a mail program, by somebody who made it up."""

import dataclasses
import re

import pytest
from django.test import Client

from grobunn.accounts.tests.factories import UserFactory
from grobunn.notifications import kinds, queries
from grobunn.notifications.addresses import ContactPoint, digest_of
from grobunn.notifications.kinds import Delivery
from grobunn.notifications.models import Preference, Stop
from grobunn.notifications.services.deliver import send_due_mails
from grobunn.notifications.stops import Subscription, token_of
from grobunn.notifications.tests.factories import make_notice
from grobunn.organisations.tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db

KARI = ContactPoint("kari@example.org", "en")


def stop_path(message) -> str:
    return message["List-Unsubscribe"].strip("<>").removeprefix("https://grobunn.example")


def press(path: str, **fields: str):
    """What a mail program does (RFC 8058): a POST with neither cookie nor token."""
    return Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"}).post(
        path, fields or {"List-Unsubscribe": "One-Click"}
    )


def test_one_click_turns_a_users_kind_off(mail_server):
    user, municipality = UserFactory(), MunicipalityFactory()
    make_notice(user, municipality=municipality, kind="tests.commented")
    send_due_mails()

    assert press(stop_path(mail_server.mails[0])).status_code == 200

    assert queries.deliveries_of(user) == {"tests.commented": Delivery.OFF}
    make_notice(user, municipality=municipality, kind="tests.commented")
    make_notice(user, municipality=municipality, kind="tests.answered")
    assert send_due_mails() == 1
    assert queries.unread_count(user) == 3


def test_one_click_on_a_mandatory_kind_stops_the_thread(mail_server):
    user, municipality = UserFactory(), MunicipalityFactory()
    make_notice(user, municipality=municipality, thread_key="idea:1")
    send_due_mails()

    press(stop_path(mail_server.mails[0]))

    assert list(Stop.objects.values_list("user", "thread_key")) == [(user.pk, "idea:1")]
    make_notice(user, municipality=municipality, thread_key="idea:1")
    assert send_due_mails() == 0
    make_notice(user, municipality=municipality, thread_key="idea:2")
    assert send_due_mails() == 1


def test_one_click_of_an_address_without_an_account_keeps_no_address(mail_server):
    municipality = MunicipalityFactory()
    make_notice(KARI, municipality=municipality, thread_key="idea:1")
    make_notice(KARI, municipality=municipality, thread_key="idea:1", key="waits")
    send_due_mails()

    press(stop_path(mail_server.mails[0]))
    press(stop_path(mail_server.mails[0]))

    (stop,) = Stop.objects.all()
    assert (stop.user_id, stop.address_digest, stop.thread_key) == (None, digest_of("kari@example.org"), "idea:1")
    assert "kari" not in stop.address_digest
    make_notice(KARI, municipality=municipality, thread_key="idea:1")
    assert send_due_mails() == 0


def test_stop_reaches_mails_that_already_wait(mail_server):
    municipality = MunicipalityFactory()
    make_notice(KARI, municipality=municipality, thread_key="idea:1")
    send_due_mails()
    make_notice(KARI, municipality=municipality, thread_key="idea:1")

    press(stop_path(mail_server.mails[0]))

    assert send_due_mails() == 0
    assert len(mail_server.mails) == 1


def test_opening_the_link_changes_nothing_and_asks(mail_server):
    make_notice(KARI, municipality=MunicipalityFactory())
    send_due_mails()

    response = Client(headers={"Accept-Language": "en"}).get(stop_path(mail_server.mails[0]))

    html = response.content.decode()
    assert response.status_code == 200
    assert re.findall(r'name="act" value="(\w+)"', html) == ["thread", "everything"]
    assert Stop.objects.count() == 0


def test_person_may_stop_everything_and_undo(mail_server):
    municipality = MunicipalityFactory()
    make_notice(KARI, municipality=municipality)
    send_due_mails()
    path = stop_path(mail_server.mails[0])

    done = press(path, act="everything")
    make_notice(KARI, municipality=municipality, thread_key="idea:2")
    assert send_due_mails() == 0
    undone = press(path, act="again")
    make_notice(KARI, municipality=municipality, thread_key="idea:3")

    assert send_due_mails() == 1
    assert 'value="again"' in done.content.decode()
    assert "You get these mails again." in undone.content.decode()
    assert Stop.objects.count() == 0


def test_undo_of_a_kind_gives_it_back(mail_server):
    user = UserFactory()
    make_notice(user, municipality=MunicipalityFactory(), kind="tests.commented")
    send_due_mails()
    path = stop_path(mail_server.mails[0])

    press(path)
    press(path, act="again")

    assert Preference.objects.count() == 0


@pytest.mark.parametrize(
    "token", ["nonsense", "WyIiLCJhIiwiIiwiIl0:1xUzKR:55EvMFRtwHgelxJo0fvkhfafmd3dM8u98Zt1cF18zmQ"]
)
def test_made_up_link_is_not_found(token):
    assert press(f"/varsler/stopp/{token}/").status_code == 404

    assert Stop.objects.count() == 0


def test_link_of_a_closed_account_does_no_harm():
    user = UserFactory()
    token = token_of(Subscription(user_id=user.pk, address_digest="", kind="tests.answered", thread_key="idea:1"))
    user.delete()

    assert press(f"/varsler/stopp/{token}/").status_code == 200
    assert press(f"/varsler/stopp/{token}/", act="kind").status_code == 200

    assert (Stop.objects.count(), Preference.objects.count()) == (0, 0)


def test_page_names_what_the_kind_stops(mail_server, monkeypatch, client):
    kind = dataclasses.replace(kinds.kind_named("tests.commented"), stop_label="No more of this newsletter")
    monkeypatch.setitem(kinds._kinds, kind.name, kind)
    make_notice(KARI, municipality=MunicipalityFactory(), kind="tests.commented")
    send_due_mails()

    page = client.get(stop_path(mail_server.mails[0]), headers={"Accept-Language": "en"}).content.decode()

    assert "No more of this newsletter" in page
    assert "No more mails about this idea or case" not in page


def test_kind_for_addresses_alone_is_not_among_a_persons_choices(monkeypatch, client):
    kind = dataclasses.replace(kinds.kind_named("tests.commented"), name="tests.letters", is_chosen=False)
    monkeypatch.setitem(kinds._kinds, kind.name, kind)
    client.force_login(UserFactory(language="en"))

    form = client.get("/varsler/innstillinger/").context["form"]

    assert "kind-tests-commented" in form.fields
    assert "kind-tests-letters" not in form.fields
