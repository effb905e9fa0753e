from datetime import UTC, datetime, timedelta

import pytest
from django_scopes import scopes_disabled

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.notifications.addresses import ContactPoint
from grobunn.notifications.models import Mail, Notice
from grobunn.notifications.services import forget
from grobunn.notifications.services.deliver import send_due_mails
from grobunn.notifications.services.forget import forget_old
from grobunn.notifications.states import MailState
from grobunn.notifications.tests.factories import make_notice
from grobunn.organisations.tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db

START = datetime(2026, 1, 5, 11, 0, tzinfo=UTC)
KARI = ContactPoint("kari@example.org", "nb")


def rows(model):
    with scopes_disabled():
        return list(model.objects.order_by("id"))


def test_sent_mail_loses_address_and_words_after_thirty_days():
    with clock.moved_to(START):
        make_notice(UserFactory(email="anne@example.org"), municipality=MunicipalityFactory())
        send_due_mails()

    with clock.moved_to(START + timedelta(days=29)):
        forget_old()
        (before,) = rows(Mail)
    with clock.moved_to(START + timedelta(days=30)):
        forget_old()
        (after,) = rows(Mail)

    assert before.to_address == "anne@example.org"
    assert before.text != ""
    assert (after.to_address, after.subject, after.text, after.state) == ("", "", "", MailState.SENT)
    assert len(rows(Notice)) == 1


@pytest.mark.parametrize("state", [MailState.WAITING, MailState.FAILED, MailState.UNCERTAIN, MailState.WITHDRAWN])
def test_mail_that_was_never_sent_is_withdrawn_with_its_words(state):
    with clock.moved_to(START):
        make_notice(KARI, municipality=MunicipalityFactory())
        with scopes_disabled():
            Mail.objects.update(state=state, problem="550 no", subject="Words", text="Words")

    with clock.moved_to(START + timedelta(days=30)):
        forget_old()

    (mail,) = rows(Mail)
    assert (mail.state, mail.to_address, mail.subject, mail.text, mail.problem) == (
        MailState.WITHDRAWN,
        "",
        "",
        "",
        "",
    )


def test_mail_that_waits_for_a_later_day_stays():
    with clock.moved_to(START):
        make_notice(KARI, municipality=MunicipalityFactory(), not_before=START + timedelta(days=40))

    with clock.moved_to(START + timedelta(days=35)):
        forget_old()

    assert [(mail.state, mail.to_address) for mail in rows(Mail)] == [(MailState.WAITING, "kari@example.org")]


def test_notice_to_an_address_goes_with_its_mail_and_a_users_after_a_year(monkeypatch):
    monkeypatch.setattr(forget, "ROWS_AT_ONCE", 1)
    municipality, user = MunicipalityFactory(), UserFactory()
    with clock.moved_to(START):
        for to in (KARI, KARI, user, user):
            make_notice(to, municipality=municipality)
        send_due_mails()

    with clock.moved_to(START + timedelta(days=30)):
        forget_old()
    assert [notice.recipient_id for notice in rows(Notice)] == [user.pk, user.pk]
    with clock.moved_to(START + timedelta(days=364)):
        forget_old()
    assert len(rows(Notice)) == 2
    with clock.moved_to(START + timedelta(days=366)):
        forget_old()

    assert (rows(Notice), rows(Mail)) == ([], [])


def test_closed_account_takes_everything_along():
    user = UserFactory()
    make_notice(user, municipality=MunicipalityFactory())
    send_due_mails()

    user.delete()

    assert (rows(Notice), rows(Mail)) == ([], [])
