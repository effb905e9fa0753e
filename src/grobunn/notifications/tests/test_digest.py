from datetime import UTC, datetime, timedelta

import pytest
from django_scopes import scopes_disabled

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.addresses import ContactPoint
from grobunn.notifications.kinds import Delivery
from grobunn.notifications.models import Mail, Notice, Preference, Stop
from grobunn.notifications.services import digest
from grobunn.notifications.services.digest import queue_digests
from grobunn.notifications.services.read import read_all
from grobunn.notifications.states import MailState
from grobunn.notifications.stops import DIGEST_THREAD
from grobunn.notifications.tests.factories import make_notice
from grobunn.organisations.tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db

# 07:00 in Oslo is 06:00 UTC in winter and 05:00 in summer.
FRIDAY_NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
MONDAY_SEVEN = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
EVERY_KIND = ("tests.answered", "tests.commented")


def daily_reader(**fields):
    user = UserFactory(language="en", **fields)
    for kind in EVERY_KIND:
        Preference.objects.create(user=user, kind=kind, delivery=Delivery.DAILY)
    return user


def text_of(message) -> str:
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_digest_tells_everything_unread_in_one_mail(mail_server):
    user, municipality = daily_reader(), MunicipalityFactory(name="Trondheim")
    with clock.moved_to(FRIDAY_NOON):
        make_notice(user, municipality=municipality, title="Bicycles")
        make_notice(user, municipality=municipality, title="Cars", kind="tests.commented")
        run_jobs()
    assert mail_server.mails == []

    with clock.moved_to(MONDAY_SEVEN):
        assert queue_digests() == 1
        run_jobs()

    (message,) = mail_server.mails
    stop_url = message["List-Unsubscribe"].strip("<>")
    assert message["Subject"] == "2 things have happened"
    assert message["From"] == "Trondheim – Grobunn <grobunn@mail.example>"
    assert text_of(message) == (
        "Your idea is answered: Bicycles\n"
        "https://grobunn.example/t/7KQF-M3XD-9TPA\n\n"
        "New comment: Cars\n"
        "https://grobunn.example/t/7KQF-M3XD-9TPA\n\n"
        "Why you get this mail: You chose to get these once a day.\n"
        "Choose what you get by mail: https://grobunn.example/varsler/innstillinger/\n"
        f"Stop mails like this: {stop_url}\n"
    )


def test_digest_comes_once_a_day_however_often_it_is_asked_for(mail_server):
    user, municipality = daily_reader(), MunicipalityFactory()
    with clock.moved_to(FRIDAY_NOON):
        make_notice(user, municipality=municipality)

    for minutes in (0, 0, 10, 600):
        with clock.moved_to(MONDAY_SEVEN + timedelta(minutes=minutes)):
            queue_digests()
            run_jobs()
            make_notice(user, municipality=municipality)
    assert len(mail_server.mails) == 1
    with clock.moved_to(MONDAY_SEVEN + timedelta(days=1)):
        queue_digests()
        run_jobs()

    assert [message["Subject"] for message in mail_server.mails] == ["1 thing has happened", "4 things have happened"]


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        (MONDAY_SEVEN - timedelta(seconds=1), 0),
        (MONDAY_SEVEN, 1),
        (MONDAY_SEVEN + timedelta(hours=9), 1),
        (datetime(2026, 11, 21, 7, 0, tzinfo=UTC), 0),  # A Saturday.
        (datetime(2026, 12, 25, 7, 0, tzinfo=UTC), 0),  # Christmas Day, a Friday.
        (datetime(2027, 6, 1, 4, 59, tzinfo=UTC), 0),  # Summer time.
        (datetime(2027, 6, 1, 5, 0, tzinfo=UTC), 1),
    ],
)
def test_digest_comes_at_seven_in_oslo_on_working_days(moment, count):
    with clock.moved_to(FRIDAY_NOON):
        make_notice(daily_reader(), municipality=MunicipalityFactory())

    with clock.moved_to(moment):
        assert queue_digests() == count


def test_digest_says_nothing_to_who_has_nothing_to_read(mail_server):
    read, retracted, at_once = daily_reader(), daily_reader(), UserFactory()
    closed, stopped = daily_reader(is_active=True), daily_reader()
    municipality = MunicipalityFactory()
    with clock.moved_to(FRIDAY_NOON):
        for user in (read, retracted, closed, stopped):
            make_notice(user, municipality=municipality)
        read_all(read)
        make_notice(ContactPoint("kari@example.org", "nb"), municipality=municipality)
    with scopes_disabled():
        Notice.objects.filter(recipient=retracted).update(retracted_at=FRIDAY_NOON)
    closed.is_active = False
    closed.save()
    Stop.objects.create(user=stopped, thread_key=DIGEST_THREAD)

    with clock.moved_to(MONDAY_SEVEN):
        assert queue_digests() == 0
        assert at_once.pk


def test_digest_leaves_out_what_may_still_be_undone():
    user, municipality = daily_reader(), MunicipalityFactory()
    with clock.moved_to(MONDAY_SEVEN - timedelta(minutes=3)):
        make_notice(user, municipality=municipality, not_before=MONDAY_SEVEN + timedelta(minutes=7))

    with clock.moved_to(MONDAY_SEVEN + timedelta(minutes=30)):
        assert queue_digests() == 0
    with clock.moved_to(MONDAY_SEVEN + timedelta(days=1)):
        assert queue_digests() == 1


def test_digest_of_two_municipalities_is_from_the_installation(mail_server):
    user = daily_reader()
    with clock.moved_to(FRIDAY_NOON):
        make_notice(user, municipality=MunicipalityFactory())
        make_notice(user, municipality=MunicipalityFactory())

    with clock.moved_to(MONDAY_SEVEN):
        assert queue_digests() == 1
        run_jobs()

    assert mail_server.mails[0]["From"] == "Grobunn <grobunn@mail.example>"
    assert mail_server.mails[0]["Subject"] == "2 things have happened"


def test_digest_that_was_interrupted_goes_on_with_the_rest(monkeypatch):
    municipality, users = MunicipalityFactory(), [daily_reader() for _ in range(3)]
    with clock.moved_to(FRIDAY_NOON):
        for user in users:
            make_notice(user, municipality=municipality)
    queue, asked = digest._queue, []

    def dying(user_id, **moments):
        if len(asked) == 2:
            raise KeyboardInterrupt
        asked.append(user_id)
        return queue(user_id, **moments)

    monkeypatch.setattr(digest, "_queue", dying)
    with clock.moved_to(MONDAY_SEVEN), pytest.raises(KeyboardInterrupt):
        queue_digests()
    monkeypatch.setattr(digest, "_queue", queue)

    with clock.moved_to(MONDAY_SEVEN):
        assert queue_digests() == 1

    with scopes_disabled():
        assert sorted(Mail.objects.values_list("recipient", flat=True)) == sorted(user.pk for user in users)


def test_long_digest_names_the_first_fifty_and_counts_the_rest(mail_server):
    user, municipality = daily_reader(), MunicipalityFactory()
    with clock.moved_to(FRIDAY_NOON):
        for number in range(52):
            make_notice(user, municipality=municipality, title=f"N{number:02}")

    with clock.moved_to(MONDAY_SEVEN):
        queue_digests()
        run_jobs()

    text = text_of(mail_server.mails[0])
    assert mail_server.mails[0]["Subject"] == "52 things have happened"
    assert text.count("Your idea is answered: N") == 50
    assert "And 2 more:\nhttps://grobunn.example/varsler/\n" in text


def test_one_click_on_the_daily_mail_stops_it(mail_server, client):
    user, municipality = daily_reader(), MunicipalityFactory()
    with clock.moved_to(FRIDAY_NOON):
        make_notice(user, municipality=municipality)
    with clock.moved_to(MONDAY_SEVEN):
        queue_digests()
        run_jobs()
        path = mail_server.mails[0]["List-Unsubscribe"].strip("<>").removeprefix("https://grobunn.example")
        assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
        make_notice(user, municipality=municipality)

    with clock.moved_to(MONDAY_SEVEN + timedelta(days=1)):
        assert queue_digests() == 0
    assert list(Stop.objects.values_list("user", "thread_key")) == [(user.pk, DIGEST_THREAD)]


def test_digest_stopped_after_it_was_queued_is_withdrawn(mail_server):
    user = daily_reader()
    with clock.moved_to(FRIDAY_NOON):
        make_notice(user, municipality=MunicipalityFactory())
    with clock.moved_to(MONDAY_SEVEN):
        queue_digests()
        Stop.objects.create(user=user, thread_key=DIGEST_THREAD)
        run_jobs()

    with scopes_disabled():
        assert list(Mail.objects.values_list("state", flat=True)) == [MailState.WITHDRAWN]
    assert mail_server.mails == []
