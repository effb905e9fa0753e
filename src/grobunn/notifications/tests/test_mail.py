"""What a mail says, and how it travels: to a real mail server."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as django_mail
from django_scopes import scope, scopes_disabled

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.addresses import ContactPoint
from grobunn.notifications.models import Mail, Notice
from grobunn.notifications.services.deliver import send_due_mails
from grobunn.notifications.services.read import read_notice
from grobunn.notifications.services.retract import retract
from grobunn.notifications.states import MailState
from grobunn.notifications.tests.factories import make_notice
from grobunn.organisations.tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


def states() -> list[str]:
    with scopes_disabled():
        return list(Mail.objects.order_by("id").values_list("state", flat=True))


def text_of(message) -> str:
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_mail_to_a_user_says_what_why_and_how_to_change_it(mail_server):
    user = UserFactory(email="anne@example.org", language="en")
    make_notice(user, municipality=MunicipalityFactory(name="Trondheim"))

    with clock.moved_to(NOON):
        run_jobs()

    (message,) = mail_server.mails
    with scopes_disabled():
        mail = Mail.objects.get()
    stop_url = message["List-Unsubscribe"].strip("<>")
    assert mail_server.recipients == ["anne@example.org"]
    assert mail_server.envelopes[0].mail_from == "grobunn@mail.example"
    assert message["From"] == "Trondheim – Grobunn <grobunn@mail.example>"
    assert message["To"] == "anne@example.org"
    assert message["Subject"] == "Your idea is answered: Sykkelparkering"
    assert message["Date"].datetime == NOON
    assert message["Message-ID"] == f"<{mail.pk}@mail.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop_url.startswith("https://grobunn.example/varsler/stopp/")
    assert text_of(message) == (
        "The answer to “Sykkelparkering” is here.\n\n"
        "https://grobunn.example/t/7KQF-M3XD-9TPA\n\n"
        "Why you get this mail: You wrote the idea.\n"
        "Choose what you get by mail: https://grobunn.example/varsler/innstillinger/\n"
        f"Stop mails like this: {stop_url}\n"
    )
    assert (mail.state, mail.attempts, mail.text) == (MailState.SENT, 1, text_of(message))


def test_mail_has_an_html_part_of_the_same_words_escaped(mail_server):
    make_notice(UserFactory(language="en"), municipality=MunicipalityFactory(), title="<b>Bold</b> & free")

    run_jobs()

    html = mail_server.mails[0].get_body(("html",)).get_content()
    assert mail_server.mails[0]["Subject"] == "Your idea is answered: <b>Bold</b> & free"
    assert "“<b>Bold</b> & free”" in text_of(mail_server.mails[0])
    assert '<html lang="en">' in html
    assert "<h1>Your idea is answered: &lt;b&gt;Bold&lt;/b&gt; &amp; free</h1>" in html
    assert '<a href="https://grobunn.example/t/7KQF-M3XD-9TPA"' in html
    assert "<b>" not in html


def test_mail_adds_the_address_that_a_template_leaves_out(mail_server):
    make_notice(UserFactory(language="en"), municipality=MunicipalityFactory(), kind="tests.commented")

    run_jobs()

    assert text_of(mail_server.mails[0]).startswith(
        "Somebody commented on “Sykkelparkering”.\n\n"
        "https://grobunn.example/t/7KQF-M3XD-9TPA\n\n"
        "You get mails like this when somebody comments.\n"
    )


def test_mail_to_a_contact_point_offers_the_stop_link_alone(mail_server):
    make_notice(ContactPoint("kari@example.org", "en"), municipality=MunicipalityFactory())

    run_jobs()

    (message,) = mail_server.mails
    assert mail_server.recipients == ["kari@example.org"]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Choose what you get" not in text_of(message)
    assert f"Stop mails like this: {message['List-Unsubscribe'].strip('<>')}\n" in text_of(message)
    assert "kari" not in message["List-Unsubscribe"]


def test_mails_of_a_thread_stay_together_and_others_apart(mail_server):
    here, there, user = MunicipalityFactory(), MunicipalityFactory(), UserFactory()
    make_notice(user, municipality=here, thread_key="idea:1")
    make_notice(user, municipality=here, thread_key="idea:1")
    make_notice(user, municipality=here, thread_key="idea:2")
    make_notice(user, municipality=there, thread_key="idea:1")

    run_jobs()

    first, second, other_idea, other_municipality = mail_server.mails
    assert first["References"] == first["In-Reply-To"] == second["References"] == second["In-Reply-To"]
    assert len({first["References"], other_idea["References"], other_municipality["References"]}) == 3
    assert first["Message-ID"] != second["Message-ID"]


@pytest.mark.parametrize(
    "title",
    ["Line\r\nBcc: all@example.org", "Line\nX-Evil: 1", "Tab\tand\x07bell", "Separator\u2028here", "Ideen " * 100],
)
def test_subject_cannot_become_another_header(mail_server, title):
    make_notice(ContactPoint("kari@example.org", "nb"), municipality=MunicipalityFactory(), title=title)

    run_jobs()

    (message,) = mail_server.mails
    assert mail_server.recipients == ["kari@example.org"]
    assert sorted(message.keys()) == sorted(set(message.keys()))
    assert message["Bcc"] is None
    assert message["X-Evil"] is None
    assert message["Subject"].isprintable()
    assert len(message["Subject"]) <= 200


def test_sender_name_cannot_become_another_header(mail_server):
    make_notice(UserFactory(), municipality=MunicipalityFactory(name="Evil\r\nBcc: all@example.org"))

    run_jobs()

    assert mail_server.mails == []
    assert states() == [MailState.FAILED]


def test_long_words_of_headers_arrive_whole(mail_server, settings):
    settings.SITE_URL = "https://ideer.a-rather-long-name-of-a-regional-council.example"
    make_notice(UserFactory(), municipality=MunicipalityFactory(), thread_key="idea:" + "x" * 150)

    run_jobs()

    raw = mail_server.envelopes[0].content
    assert b"\r\nList-Unsubscribe: <https://ideer.a-rather-long-name" in raw
    assert b"=?utf-8" not in raw.split(b"List-Unsubscribe:")[1].split(b"\r\n")[0]
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_lines_that_begin_with_a_dot_arrive_whole(mail_server):
    make_notice(UserFactory(), municipality=MunicipalityFactory(), kind="tests.commented", title="a”\n.\n..b")

    run_jobs()

    assert "a”\n.\n..b" in text_of(mail_server.mails[0])


def test_mail_waits_for_its_moment(mail_server):
    with clock.moved_to(NOON):
        make_notice(UserFactory(), municipality=MunicipalityFactory(), not_before=NOON + timedelta(minutes=10))
        run_jobs()
        send_due_mails()
    assert (mail_server.mails, states()) == ([], [MailState.WAITING])

    with clock.moved_to(NOON + timedelta(minutes=10)):
        run_jobs()

    assert (len(mail_server.mails), states()) == (1, [MailState.SENT])


def test_mail_retracted_in_time_is_never_sent(mail_server):
    municipality = MunicipalityFactory()
    with clock.moved_to(NOON):
        make_notice(UserFactory(), municipality=municipality, key="a", not_before=NOON + timedelta(minutes=10))
        with scope(municipality=municipality.pk):
            assert retract(["a"]) == 1

    with clock.moved_to(NOON + timedelta(hours=1)):
        run_jobs()

    assert (mail_server.mails, states()) == ([], [MailState.WITHDRAWN])


def test_mail_of_what_has_been_read_is_not_needed(mail_server):
    notice = make_notice(UserFactory(), municipality=MunicipalityFactory())
    read_notice(notice)

    run_jobs()

    assert (mail_server.mails, states()) == ([], [MailState.WITHDRAWN])


def test_mail_of_a_kind_that_is_gone_is_not_sent(mail_server):
    make_notice(UserFactory(), municipality=MunicipalityFactory())
    with scopes_disabled():
        Notice.objects.update(kind="removed.feature")

    run_jobs()

    assert (mail_server.mails, states()) == ([], [MailState.WITHDRAWN])


def test_made_up_people_get_no_real_mail(mail_server):
    make_notice(UserFactory(is_synthetic=True), municipality=MunicipalityFactory())

    run_jobs()

    assert (mail_server.mails, states()) == ([], [MailState.WITHDRAWN])


def test_one_connection_carries_all_that_is_due(mail_server):
    municipality, user = MunicipalityFactory(), UserFactory()
    for _ in range(3):
        make_notice(user, municipality=municipality)

    assert send_due_mails() == 3
    assert send_due_mails() == 0

    assert len(mail_server.mails) == 3
    assert len({id(envelope) for envelope in mail_server.envelopes}) == 3


def test_without_a_mail_server_mails_wait(settings):
    settings.IS_MAIL_KEPT_IN_OUTBOX = False
    settings.EMAIL_HOST = ""
    make_notice(UserFactory(), municipality=MunicipalityFactory())

    run_jobs()

    assert states() == [MailState.WAITING]


def test_library_mail_goes_through_the_queue_and_leaves_no_words(mail_server, settings):
    settings.EMAIL_BACKEND = "grobunn.notifications.backends.QueuedBackend"

    django_mail.send_mail(
        "Sett nytt\npassord", "Følg https://grobunn.example/konto/x", "x@example.org", ["Kari@Example.org"]
    )
    assert mail_server.mails == []
    run_jobs()

    (message,) = mail_server.mails
    with scopes_disabled():
        mail = Mail.objects.get()
    assert message["Subject"] == "Sett nytt passord"
    assert message["From"] == "Grobunn <grobunn@mail.example>"
    assert message["List-Unsubscribe"] is None
    assert text_of(message) == "Følg https://grobunn.example/konto/x\n"
    assert (mail.state, mail.text) == (MailState.SENT, "")


def test_library_mail_with_an_attachment_is_refused(settings):
    settings.EMAIL_BACKEND = "grobunn.notifications.backends.QueuedBackend"
    message = django_mail.EmailMessage("Hei", "Hei", to=["kari@example.org"])
    message.attach("a.txt", "a", "text/plain")

    with pytest.raises(ValueError, match="no attachments"):
        message.send()

    assert states() == []
