import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import translation
from django_scopes import scopes_disabled

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.notifications import queries
from grobunn.notifications.addresses import ContactPoint, digest_of
from grobunn.notifications.kinds import Delivery
from grobunn.notifications.models import Mail, Notice, Preference, Stop
from grobunn.notifications.services.deliver import send_due_mails
from grobunn.notifications.states import MailState
from grobunn.notifications.stops import DIGEST_THREAD
from grobunn.notifications.tests.factories import make_notice
from grobunn.organisations.tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db

INBOX = "/varsler/"
CHOICES = "/varsler/innstillinger/"


@pytest.fixture
def user(client):
    user = UserFactory(language="en")
    client.force_login(user)
    client.cookies.load({"django_language": "en"})
    return user


def page(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_inbox_shows_own_notices_the_last_first(client, user):
    municipality = MunicipalityFactory(name="Trondheim")
    for hour, title in ((8, 'First <b> & “quoted"'), (9, "Second")):
        with clock.moved_to(datetime(2026, 11, 20, hour, 0, tzinfo=UTC)):
            make_notice(user, municipality=municipality, title=title)
    make_notice(UserFactory(), municipality=municipality, title="Another's")

    html = page(client.get(INBOX))

    titles = re.findall(r"data-row-link>Your idea is answered: (.*?)</a>", html)
    assert titles == ["Second", "First &lt;b&gt; &amp; “quoted&quot;"]
    assert html.count("<span>Trondheim</span>") == 2
    assert 'data-count="2"' in html


@pytest.mark.parametrize("count", [1, 3])
def test_inbox_asks_the_database_the_same_for_one_and_three(client, user, count, django_assert_num_queries):
    municipality = MunicipalityFactory()
    for _ in range(count):
        make_notice(user, municipality=municipality)
    client.get(INBOX)
    queries.forget_unread_count(user.pk)

    with django_assert_num_queries(5):  # Session, user, notices; count and roles for the header.
        client.get(INBOX)


def test_inbox_pages_by_keyset(client, user):
    municipality = MunicipalityFactory()
    for number in range(30):
        make_notice(user, municipality=municipality, title=f"N{number:02}")

    first = client.get(INBOX)
    second = client.get(INBOX, {"cursor": first.context["page"].next_cursor})

    assert [row["notice"].data["title"] for row in first.context["rows"]] == [f"N{n:02}" for n in range(29, 4, -1)]
    assert [row["notice"].data["title"] for row in second.context["rows"]] == [f"N{n:02}" for n in range(4, -1, -1)]
    assert client.get(INBOX, {"cursor": "nonsense"}).status_code == 404


def test_opening_a_notice_reads_it_and_leads_to_its_page(client, user):
    notice = make_notice(user, municipality=MunicipalityFactory())

    response = client.get(f"/varsler/{notice.pk}/")

    assert (response.status_code, response.url) == (302, "/t/7KQF-M3XD-9TPA")
    assert queries.unread_count(user) == 0
    assert page(client.get(INBOX, {"vis": "uleste"})).count("Your idea is answered") == 0
    assert page(client.get(INBOX)).count("Your idea is answered") == 1


@pytest.mark.parametrize(("method", "path"), [("get", "/varsler/{}/"), ("post", "/varsler/{}/lest/")])
def test_another_persons_notice_is_not_found_and_stays_unread(client, user, method, path):
    other = UserFactory()
    notice = make_notice(other, municipality=MunicipalityFactory())

    assert getattr(client, method)(path.format(notice.pk)).status_code == 404

    assert queries.unread_count(other) == 1


def test_retracted_notice_is_not_found(client, user):
    notice = make_notice(user, municipality=MunicipalityFactory())
    with scopes_disabled():
        Notice.objects.update(retracted_at=clock.now())

    assert client.get(f"/varsler/{notice.pk}/").status_code == 404
    assert "Your idea is answered" not in page(client.get(INBOX))


def test_mark_one_and_all_as_read(client, user):
    municipality = MunicipalityFactory()
    first, *_rest = [make_notice(user, municipality=municipality) for _ in range(3)]
    other = UserFactory()
    make_notice(other, municipality=municipality)

    client.post(f"/varsler/{first.pk}/lest/")
    assert queries.unread_count(user) == 2
    client.post("/varsler/lest/")

    assert (queries.unread_count(user), queries.unread_count(other)) == (0, 1)


@pytest.mark.parametrize("path", [INBOX, CHOICES, "/varsler/e-post/"])
def test_signed_out_is_sent_to_the_login(client, path):
    response = client.get(path)

    assert response.status_code == 302
    assert path in response.url


def test_choices_are_shown_and_kept(client, user):
    Preference.objects.create(user=user, kind="tests.commented", delivery=Delivery.DAILY)

    html = page(client.get(CHOICES))
    fields = dict.fromkeys(re.findall(r'name="(kind-[^"]+)"', html), "at_once")
    response = client.post(CHOICES, {**fields, "kind-tests-commented": "off", "kind-tests-answered": "daily"})

    assert re.search(r'name="kind-tests-commented" value="daily"[^>]* checked', html)
    assert not re.search(r'name="kind-tests-answered" value="off"', html)
    assert response.status_code == 302
    chosen = queries.deliveries_of(user)
    assert (chosen["tests.commented"], chosen["tests.answered"]) == (Delivery.OFF, Delivery.DAILY)


def test_mandatory_kind_cannot_be_turned_off(client, user):
    html = page(client.get(CHOICES))
    fields = dict.fromkeys(re.findall(r'name="(kind-[^"]+)"', html), "at_once")

    response = client.post(CHOICES, {**fields, "kind-tests-answered": "off"})

    assert response.status_code == 200
    assert queries.deliveries_of(user) == {}


def test_turning_off_takes_what_waits_for_the_daily_mail_along(client, user):
    Preference.objects.create(user=user, kind="tests.commented", delivery=Delivery.DAILY)
    notice = make_notice(user, municipality=MunicipalityFactory(), kind="tests.commented")
    html = page(client.get(CHOICES))
    fields = dict.fromkeys(re.findall(r'name="(kind-[^"]+)"', html), "at_once")

    client.post(CHOICES, {**fields, "kind-tests-commented": "off"})

    with scopes_disabled():
        notice.refresh_from_db()
    assert notice.delivery == Delivery.OFF


def test_stops_are_shown_in_words_and_can_be_taken_back(client, user):
    make_notice(user, municipality=MunicipalityFactory(), thread_key="idea:1")
    stop = Stop.objects.create(user=user, thread_key="idea:1")
    Stop.objects.create(user=user, thread_key=DIGEST_THREAD)
    others = Stop.objects.create(user=UserFactory(), thread_key="idea:1")

    html = page(client.get(CHOICES))
    client.post(f"/varsler/innstillinger/start/{stop.pk}/")
    refused = client.post(f"/varsler/innstillinger/start/{others.pk}/")

    assert "Your idea is answered: Sykkelparkering" in html
    assert "The daily mail" in html
    assert refused.status_code == 404
    assert sorted(Stop.objects.values_list("thread_key", flat=True)) == ["idea:1", DIGEST_THREAD]


def test_outbox_shows_each_mail_as_it_would_look_in_demo_mode_alone(client, settings):
    make_notice(ContactPoint("kari@example.org", "en"), municipality=MunicipalityFactory(name="Trondheim"))
    send_due_mails()
    with scopes_disabled():
        mail = Mail.objects.get()
    client.cookies.load({"django_language": "en"})

    assert client.get("/utboks/").status_code == 302
    settings.DEMO = True
    rows, one = page(client.get("/utboks/")), page(client.get(f"/utboks/{mail.pk}/"))

    assert "Your idea is answered: Sykkelparkering" in rows
    assert "kari@example.org" in rows
    assert "The answer to “Sykkelparkering” is here." in one
    assert "List-Unsubscribe-Post" in one
    assert "Trondheim – Grobunn" in one


@pytest.mark.parametrize("count", [1, 3])
def test_outbox_asks_the_database_the_same_for_one_and_three(client, settings, count, django_assert_num_queries):
    settings.DEMO = True
    municipality = MunicipalityFactory()
    for _ in range(count):
        make_notice(UserFactory(), municipality=municipality)

    with django_assert_num_queries(1):
        client.get("/utboks/")


def test_outbox_is_forbidden_to_the_signed_in_outside_demo_mode(client, user):
    assert client.get("/utboks/").status_code == 403


@pytest.fixture
def stopped(user):
    make_notice(ContactPoint("kari@example.org", "en"), municipality=MunicipalityFactory(), title="Secret words")
    with scopes_disabled():
        Mail.objects.update(state=MailState.UNCERTAIN, problem="Nobody knows.", subject="Secret words")
        return Mail.objects.get()


@pytest.mark.parametrize("count", [1, 3])
def test_operators_page_asks_the_database_the_same(client, user, count, django_assert_num_queries):
    user.is_operator = True
    user.save()
    for _ in range(count):
        make_notice(UserFactory(), municipality=MunicipalityFactory())
    with scopes_disabled():
        Mail.objects.update(state=MailState.FAILED)
    client.get("/varsler/e-post/")

    with django_assert_num_queries(4):  # Session, user, mails, roles; the count in the header is still kept.
        client.get("/varsler/e-post/")


def test_operator_sees_stopped_mails_without_their_words(client, user, stopped):
    user.is_operator = True
    user.save()

    html = page(client.get("/varsler/e-post/"))

    assert "kari@example.org" in html
    assert "Nobody knows." in html
    assert "Secret words" not in html


@pytest.mark.parametrize(("act", "state"), [("send_again", MailState.WAITING), ("set_aside", MailState.WITHDRAWN)])
def test_operator_mends_a_mail(client, user, stopped, act, state):
    user.is_operator = True
    user.save()

    response = client.post(f"/varsler/e-post/{stopped.pk}/", {"act": act})
    again = client.post(f"/varsler/e-post/{stopped.pk}/", {"act": act})

    assert (response.status_code, again.status_code) == (302, 404)
    with scopes_disabled():
        stopped.refresh_from_db()
    assert stopped.state == state


def test_mending_is_the_operators_alone(client, user, stopped):
    assert client.get("/varsler/e-post/").status_code == 403
    assert client.post(f"/varsler/e-post/{stopped.pk}/", {"act": "send_again"}).status_code == 403

    with scopes_disabled():
        stopped.refresh_from_db()
    assert stopped.state == MailState.UNCERTAIN


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_renders_in_every_language(client, user, settings, language):
    settings.DEMO = True
    user.is_operator, user.language = True, language
    user.save()
    Stop.objects.create(user=user, thread_key="idea:9")
    Stop.objects.create(address_digest=digest_of("kari@example.org"))
    make_notice(user, municipality=MunicipalityFactory())
    client.cookies.load({"django_language": language})
    send_due_mails()
    with scopes_disabled():
        mail = Mail.objects.get()

    names = ["inbox", "settings", "stopped_mails", "outbox"]
    addresses = [reverse(f"notifications:{name}") for name in names] + [f"/utboks/{mail.pk}/"]
    for address in addresses:
        html = page(client.get(address))
        assert f'<html lang="{language}"' in html
        assert html.count("<h1") == 1
    with translation.override(language):
        assert mail.language == language
