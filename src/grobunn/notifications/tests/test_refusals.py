"""What becomes of a mail when the mail server says no, says nothing, or is not there."""

from datetime import UTC, datetime, timedelta

import pytest
from django_scopes import scopes_disabled
from procrastinate.contrib.django.models import ProcrastinateJob

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock, events
from grobunn.kernel.testing import run_jobs
from grobunn.notifications import queries
from grobunn.notifications.addresses import ContactPoint
from grobunn.notifications.events import MailFailed
from grobunn.notifications.models import Mail
from grobunn.notifications.services.deliver import send_due_mails
from grobunn.notifications.services.mails import GIVE_UP_AFTER
from grobunn.notifications.states import MailState
from grobunn.notifications.tests.factories import make_notice
from grobunn.notifications.tests.mailserver import free_port, running
from grobunn.organisations.tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
KARI = ContactPoint("kari@example.org", "en")


def the_mail() -> Mail:
    with scopes_disabled():
        return Mail.objects.order_by("id").first()


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
def test_refused_for_now_is_tried_again_after_longer_and_longer(mail_server, stage):
    mail_server.answers[stage] = ["451 4.7.1 Greylisted", "451 4.7.1 Greylisted"]
    with clock.moved_to(NOON):
        make_notice(KARI, municipality=MunicipalityFactory())
        send_due_mails()
    first = the_mail()

    with clock.moved_to(NOON + timedelta(seconds=59)):
        assert send_due_mails() == 0
    with clock.moved_to(NOON + timedelta(minutes=1)):
        send_due_mails()
    second = the_mail()
    with clock.moved_to(NOON + timedelta(minutes=3)):
        assert send_due_mails() == 1

    assert (first.state, first.due_at, first.problem) == (
        MailState.WAITING,
        NOON + timedelta(minutes=1),
        "451 4.7.1 Greylisted",
    )
    assert (second.attempts, second.due_at) == (2, NOON + timedelta(minutes=3))
    assert (the_mail().state, the_mail().problem, len(mail_server.mails)) == (MailState.SENT, "", 1)


def test_refused_for_now_asks_for_its_next_job(mail_server):
    mail_server.answers["RCPT"] = ["451 Later"]
    with clock.moved_to(NOON):
        make_notice(KARI, municipality=MunicipalityFactory())
        run_jobs()

    with clock.moved_to(NOON + timedelta(minutes=1)):
        run_jobs()

    assert len(mail_server.mails) == 1
    assert ProcrastinateJob.objects.filter(status="todo").count() == 0


def test_refused_for_four_days_has_failed(mail_server):
    mail_server.answers["RCPT"] = ["452 4.2.2 Mailbox full"] * 2
    with clock.moved_to(NOON):
        make_notice(KARI, municipality=MunicipalityFactory())
        send_due_mails()

    with clock.moved_to(NOON + GIVE_UP_AFTER):
        send_due_mails()

    assert (the_mail().state, the_mail().problem) == (MailState.FAILED, "452 4.2.2 Mailbox full")


def test_nobody_listening_leaves_every_mail_in_the_queue(settings, caplog):
    settings.IS_MAIL_KEPT_IN_OUTBOX = False
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    municipality = MunicipalityFactory()
    with clock.moved_to(NOON):
        make_notice(KARI, municipality=municipality)
        make_notice(KARI, municipality=municipality)

        assert send_due_mails() == 0

    with scopes_disabled():
        rows = list(Mail.objects.order_by("id").values_list("state", "attempts"))
    assert rows == [(MailState.WAITING, 1), (MailState.WAITING, 0)]
    assert "ConnectionRefusedError" in the_mail().problem
    assert "kari" not in caplog.text


def test_mail_server_that_comes_back_gets_the_queue(mail_server, settings):
    port = free_port()
    settings.EMAIL_PORT = port
    with clock.moved_to(NOON):
        make_notice(KARI, municipality=MunicipalityFactory())
        send_due_mails()

    with clock.moved_to(NOON + timedelta(minutes=1)), running(mail_server, port=port):
        assert send_due_mails() == 1

    assert mail_server.recipients == ["kari@example.org"]


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_refused_for_good_has_failed_and_the_next_mail_goes(mail_server, stage):
    mail_server.answers[stage] = ["550 5.1.1 <Kari@example.org> unknown"]
    municipality = MunicipalityFactory()
    make_notice(KARI, municipality=municipality)
    make_notice(UserFactory(email="anne@example.org"), municipality=municipality)

    assert send_due_mails() == 1

    assert (the_mail().state, the_mail().problem) == (MailState.FAILED, "550 5.1.1 <…> unknown")
    assert mail_server.recipients == ["anne@example.org"]


def test_refused_for_good_is_told_to_the_sender_and_the_feature(mail_server, monkeypatch):
    heard = []
    monkeypatch.setitem(events._handlers, MailFailed.name, {"tests.hear": heard.append})
    mail_server.answers["RCPT"] = ["550 5.1.1 No such user kari@example.org"]
    adviser = UserFactory(language="en", email="adviser@example.org")
    notice = make_notice(
        KARI, municipality=MunicipalityFactory(), sender=adviser, sender_url="/trondheim/ideer/7", thread_key="idea:7"
    )

    run_jobs()

    (told,) = queries.inbox_of(adviser)
    assert (told.kind, told.url, told.thread_key) == (
        "notifications.mail_undelivered",
        "/trondheim/ideer/7",
        "idea:7",
    )
    assert told.data == {
        "title": "Your idea is answered: Sykkelparkering",
        "problem": "550 5.1.1 No such user …",
    }
    (event,) = heard
    assert (event.key, event.kind, event.thread_key) == (notice.key, "tests.answered", "idea:7")
    assert event.municipality_id == notice.municipality_id
    (message,) = mail_server.mails
    assert message["Subject"] == "Not delivered: Your idea is answered: Sykkelparkering"
    assert mail_server.recipients == ["adviser@example.org"]


def test_server_that_hangs_up_after_the_dot_leaves_a_doubt(mail_server):
    mail_server.answers["DATA"] = ["250 and hangs up"]
    make_notice(KARI, municipality=MunicipalityFactory())

    assert send_due_mails() == 0

    mail = the_mail()
    assert (mail.state, mail.attempts) == (MailState.UNCERTAIN, 1)
    assert list(queries.mails_needing_attention()) == [mail]
    with clock.moved_by(days=2):
        assert send_due_mails() == 0
    assert len(mail_server.mails) == 1


def test_server_that_closes_down_is_left_alone_until_later(mail_server):
    mail_server.answers["RCPT"] = ["421 4.3.2 Closing down"]
    municipality = MunicipalityFactory()
    make_notice(KARI, municipality=municipality)
    make_notice(KARI, municipality=municipality)

    assert send_due_mails() == 0

    with scopes_disabled():
        assert list(Mail.objects.order_by("id").values_list("state", "attempts")) == [
            (MailState.WAITING, 1),
            (MailState.WAITING, 0),
        ]


def test_backlog_counts_what_is_due_and_a_stuck_queue_is_told(settings):
    settings.IS_MAIL_KEPT_IN_OUTBOX = False
    settings.EMAIL_HOST = ""
    municipality = MunicipalityFactory()
    with clock.moved_to(NOON):
        make_notice(KARI, municipality=municipality)
        make_notice(KARI, municipality=municipality, not_before=NOON + timedelta(hours=2))

        assert (queries.mail_backlog(), queries.is_mail_stuck()) == (1, False)
    with clock.moved_to(NOON + timedelta(hours=1)):
        assert (queries.mail_backlog(), queries.is_mail_stuck()) == (1, True)
