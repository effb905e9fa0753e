from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django_scopes import scope, scopes_disabled

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.notifications import queries
from grobunn.notifications.addresses import ContactPoint, digest_of
from grobunn.notifications.kinds import Delivery, UnknownKind
from grobunn.notifications.models import Mail, Notice, Preference, Stop
from grobunn.notifications.services.notify import notify
from grobunn.notifications.services.retract import retract
from grobunn.notifications.states import MailState
from grobunn.notifications.tests.factories import make_notice
from grobunn.organisations.tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


def all_mails() -> list[Mail]:
    with scopes_disabled():
        return list(Mail.objects.order_by("id"))


def test_notify_user_makes_a_row_and_a_waiting_mail():
    municipality = MunicipalityFactory(language_form="nn")
    user = UserFactory()

    with clock.moved_to(NOON):
        notice = make_notice(user, municipality=municipality, key="a")

        assert list(queries.unread_of(user)) == [notice]
    (mail,) = all_mails()
    assert (notice.mail_id, notice.delivery) == (mail.pk, Delivery.AT_ONCE)
    assert (mail.to_address, mail.language, mail.state, mail.due_at) == (user.email, "nn", MailState.WAITING, NOON)
    assert (mail.recipient_id, mail.municipality_id, mail.subject) == (user.pk, municipality.pk, "")


def test_notify_same_key_twice_tells_once():
    municipality, user = MunicipalityFactory(), UserFactory()

    first = make_notice(user, municipality=municipality, key="a")
    second = make_notice(user, municipality=municipality, key="a", title="Another")

    assert second == first
    assert second.data == {"title": "Sykkelparkering"}
    assert len(all_mails()) == 1


def test_notify_same_key_in_another_municipality_is_another_notice():
    user = UserFactory()

    first = make_notice(user, municipality=MunicipalityFactory(), key="a")
    second = make_notice(user, municipality=MunicipalityFactory(), key="a")

    assert first.pk != second.pk
    assert len(all_mails()) == 2


def test_notify_contact_point_keeps_the_address_in_the_mail_alone():
    notice = make_notice(ContactPoint("kari@example.org", "nn"), municipality=MunicipalityFactory())

    (mail,) = all_mails()
    assert (notice.recipient_id, notice.mail_id) == (None, mail.pk)
    assert (mail.to_address, mail.language, mail.recipient_id) == ("kari@example.org", "nn", None)


@pytest.mark.parametrize("address", ["", "kari", "kari@example.org\nBcc: all@example.org", "k\x00ari@example.org"])
def test_contact_point_that_is_no_address_is_refused(address):
    with pytest.raises(ValidationError):
        ContactPoint(address, "nb")


def test_notify_unregistered_kind_is_refused():
    with pytest.raises(UnknownKind):
        notify(
            "tests.unknown",
            to=UserFactory(),
            municipality_id=MunicipalityFactory().pk,
            thread_key="",
            data={},
            url="/",
            key="a",
        )

    with scopes_disabled():
        assert Notice.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "chosen", "expected"),
    [
        ("tests.commented", None, Delivery.AT_ONCE),
        ("tests.commented", Delivery.DAILY, Delivery.DAILY),
        ("tests.commented", Delivery.OFF, Delivery.OFF),
        ("tests.answered", Delivery.DAILY, Delivery.DAILY),
        ("tests.answered", Delivery.OFF, Delivery.AT_ONCE),
    ],
)
def test_notify_follows_what_the_person_chose(kind, chosen, expected):
    user = UserFactory()
    if chosen:
        Preference.objects.create(user=user, kind=kind, delivery=chosen)

    notice = make_notice(user, municipality=MunicipalityFactory(), kind=kind)

    assert notice.delivery == expected
    assert len(all_mails()) == (1 if expected == Delivery.AT_ONCE else 0)
    assert queries.unread_of(user).count() == 1


def test_notify_stopped_thread_gets_no_mail_and_others_do():
    municipality, user = MunicipalityFactory(), UserFactory()
    Stop.objects.create(user=user, thread_key="idea:1")
    Stop.objects.create(address_digest=digest_of("Kari@example.org"), thread_key="idea:1")
    kari = ContactPoint("kari@example.org", "nb")

    silent = [make_notice(to, municipality=municipality, thread_key="idea:1") for to in (user, kari)]
    told = [make_notice(to, municipality=municipality, thread_key="idea:2") for to in (user, kari)]

    assert [notice.mail_id for notice in silent] == [None, None]
    assert sorted(mail.pk for mail in all_mails()) == sorted(notice.mail_id for notice in told)


def test_notify_inactive_user_gets_no_mail():
    notice = make_notice(UserFactory(is_active=False), municipality=MunicipalityFactory())

    assert (notice.delivery, notice.mail_id) == (Delivery.OFF, None)


def test_notify_not_before_delays_the_mail_and_the_row_only_if_asked():
    municipality, user = MunicipalityFactory(), UserFactory()
    later = NOON + timedelta(minutes=10)

    with clock.moved_to(NOON):
        seen = make_notice(user, municipality=municipality, not_before=later)
        hidden = make_notice(user, municipality=municipality, not_before=later, is_visible_at_once=False)

        assert list(queries.inbox_of(user)) == [seen]
    with clock.moved_to(later):
        assert set(queries.inbox_of(user)) == {seen, hidden}
    assert [mail.due_at for mail in all_mails()] == [later, later]


def test_retract_untouched_takes_back_row_and_mail():
    municipality, user = MunicipalityFactory(), UserFactory()
    make_notice(user, municipality=municipality, key="a")
    make_notice(user, municipality=municipality, key="b")

    with scope(municipality=municipality.pk):
        assert queries.is_untouched("a")
        assert retract(["a"]) == 1
        assert retract(["a"]) == 0

    assert [mail.state for mail in all_mails()] == [MailState.WITHDRAWN, MailState.WAITING]
    assert [notice.key for notice in queries.inbox_of(user)] == ["b"]


def test_retract_read_notice_stands():
    municipality, user = MunicipalityFactory(), UserFactory()
    notice = make_notice(user, municipality=municipality, key="a", kind="tests.commented")

    with scope(municipality=municipality.pk):
        Notice.objects.filter(pk=notice.pk).update(read_at=NOON)

        assert not queries.is_untouched("a")
        assert retract(["a"]) == 0
    assert queries.inbox_of(user).count() == 1
    assert [mail.state for mail in all_mails()] == [MailState.WAITING]


@pytest.mark.parametrize(
    ("state", "count"),
    [
        (MailState.WAITING, 1),
        (MailState.FAILED, 1),
        (MailState.WITHDRAWN, 1),
        (MailState.SENDING, 0),
        (MailState.SENT, 0),
        (MailState.UNCERTAIN, 0),
    ],
)
def test_retract_goes_by_what_the_mail_server_may_have(state, count):
    municipality, user = MunicipalityFactory(), UserFactory()
    make_notice(user, municipality=municipality, key="a")

    with scope(municipality=municipality.pk):
        Mail.objects.update(state=state)

        assert queries.is_untouched("a") is bool(count)
        assert retract(["a"]) == count
    assert queries.inbox_of(user).count() == 1 - count


def test_retract_key_not_used_yet_silences_a_late_notify():
    municipality, user = MunicipalityFactory(), UserFactory()

    with scope(municipality=municipality.pk):
        assert retract(["a"]) == 0
    notice = make_notice(user, municipality=municipality, key="a")

    assert notice.retracted_at is not None
    assert (all_mails(), list(queries.inbox_of(user))) == ([], [])


def test_retract_reaches_only_its_own_municipality():
    mine, other, user = MunicipalityFactory(), MunicipalityFactory(), UserFactory()
    make_notice(user, municipality=other, key="a")

    with scope(municipality=mine.pk):
        assert retract(["a"]) == 0

    assert queries.inbox_of(user).count() == 1


def test_unread_threads_are_those_of_what_is_unread():
    municipality, user, other = MunicipalityFactory(), UserFactory(), UserFactory()
    with scope(municipality=municipality.pk):
        make_notice(user, municipality=municipality, thread_key="idea:unread")
        make_notice(user, municipality=municipality, thread_key="idea:unread")
        make_notice(other, municipality=municipality, thread_key="idea:others")
        for name, changed in (
            ("read", {"read_at": clock.now()}),
            ("retracted", {"retracted_at": clock.now()}),
            ("later", {"visible_at": clock.now() + timedelta(hours=1)}),
            ("unknown", {"kind": "tests.gone"}),
        ):
            notice = make_notice(user, municipality=municipality, thread_key=f"idea:{name}")
            Notice.objects.filter(pk=notice.pk).update(**changed)

    threads = queries.unread_threads(user)

    assert threads == ["idea:unread", "idea:unread"]
    assert sorted(threads) == sorted(queries.unread_of(user).values_list("thread_key", flat=True))


def test_unread_count_is_kept_for_a_moment_and_capped(django_assert_num_queries):
    municipality, user = MunicipalityFactory(), UserFactory()
    for _ in range(3):
        make_notice(user, municipality=municipality)

    with django_assert_num_queries(1):
        assert [queries.unread_count(user), queries.unread_count(user)] == [3, 3]
