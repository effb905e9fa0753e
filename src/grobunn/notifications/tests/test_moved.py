"""Something that is moved: whoever has not heard of one move hears the last only."""

import pytest
from django_scopes import scope, scopes_disabled

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.notifications import queries
from grobunn.notifications.addresses import ContactPoint
from grobunn.notifications.models import Mail, Preference
from grobunn.notifications.services.moved import QUIET, take_back_unheard, tell_moved
from grobunn.notifications.services.read import read_notice
from grobunn.notifications.states import MailState
from grobunn.organisations.tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


def move(to, municipality, was, now, *, key, thread_key="day:1"):
    return tell_moved(
        "tests.answered",
        to=to,
        municipality_id=municipality.pk,
        thread_key=thread_key,
        was={"on": was},
        now={"on": now},
        data={"title": "Pitchdagen"},
        url="/dagen/",
        key=key,
    )


def waiting_mails():
    with scopes_disabled():
        return list(Mail.objects.filter(state=MailState.WAITING))


def test_move_is_in_the_inbox_at_once_and_its_mail_waits_for_quiet():
    municipality, user = MunicipalityFactory(), UserFactory()
    now = clock.now()

    with clock.moved_to(now):
        notice = move(user, municipality, "A", "B", key="1")

    (mail,) = waiting_mails()
    assert list(queries.unread_of(user)) == [notice]
    assert (notice.data["was"], notice.data["now"]) == ({"on": "A"}, {"on": "B"})
    assert mail.due_at == now + QUIET


@pytest.mark.parametrize("has_account", [True, False])
def test_moved_twice_before_the_mail_went_is_one_mail_from_the_first_to_the_last(has_account):
    municipality = MunicipalityFactory()
    to = UserFactory() if has_account else ContactPoint(email="lag@firma.example", language="nb")

    move(to, municipality, "A", "B", key="1")
    last = move(to, municipality, "B", "C", key="2")
    again = move(to, municipality, "A", "B", key="1")

    assert again.retracted_at is not None
    assert [mail.pk for mail in waiting_mails()] == [last.mail_id]
    assert (last.data["was"], last.data["now"]) == ({"on": "A"}, {"on": "C"})


def test_moved_back_before_anybody_heard_is_told_to_nobody():
    municipality, user = MunicipalityFactory(), UserFactory()

    move(user, municipality, "A", "B", key="1")
    back = move(user, municipality, "B", "A", key="2")
    repeated = move(user, municipality, "B", "A", key="2")

    assert back is None
    assert repeated.retracted_at is not None
    assert not queries.unread_of(user).exists()
    assert waiting_mails() == []


def test_whoever_has_read_of_the_first_move_hears_of_the_second_from_there():
    municipality, user = MunicipalityFactory(), UserFactory()

    read_notice(move(user, municipality, "A", "B", key="1"))
    back = move(user, municipality, "B", "A", key="2")

    assert (back.data["was"], back.data["now"]) == ({"on": "B"}, {"on": "A"})
    assert list(queries.unread_of(user)) == [back]


def test_whoever_gets_one_mail_a_day_finds_the_last_in_it():
    municipality, user = MunicipalityFactory(), UserFactory()
    Preference.objects.create(user=user, kind="tests.answered", delivery="daily")

    move(user, municipality, "A", "B", key="1")
    last = move(user, municipality, "B", "C", key="2")

    assert list(queries.notices_for_digest(clock.now() + QUIET * 2)) == [last]


def test_what_is_told_of_other_things_and_to_others_stays():
    municipality, user, other = MunicipalityFactory(), UserFactory(), UserFactory()
    theirs = move(other, municipality, "A", "B", key="1")
    elsewhere = move(user, municipality, "A", "B", key="2", thread_key="day:2")

    move(user, municipality, "A", "B", key="3")
    with scope(municipality=municipality.pk):
        taken_back = take_back_unheard("tests.answered", to=user, thread_key="day:1")

    assert taken_back.key == "3"
    assert list(queries.unread_of(user)) == [elsewhere]
    assert list(queries.unread_of(other)) == [theirs]
