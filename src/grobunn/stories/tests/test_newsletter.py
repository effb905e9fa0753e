"""The newsletter: asked for, confirmed, told on Mondays exactly once, stopped by one press, forgotten."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Mail
from grobunn.notifications.testing import sent_mails
from grobunn.stories.models import Subscription
from grobunn.stories.queries.newsletter import confirmation_token
from grobunn.stories.services import newsletter
from grobunn.stories.services.steps import withdraw
from grobunn.stories.states import StoryState
from grobunn.stories.tests.conftest import Town
from grobunn.stories.tests.factories import make_story

KARI = "kari@example.org"
ASK = "/storvik/historier/nyhetsbrev/be-om/"
# A Wednesday; the Monday after is the 30th, at 06:00 UTC.
WEDNESDAY = datetime(2026, 11, 25, 12, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 6, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _mails_go_to_the_outbox(settings) -> None:
    settings.IS_MAIL_KEPT_IN_OUTBOX = True


def _ask(client: Client, email: str = KARI):
    return client.post(ASK, {"email": email}, headers={"Accept-Language": "nb"})


def _path_in(mail: Mail) -> str:
    found = re.search(r"(/storvik/historier/nyhetsbrev/bekreft/\S+)", mail.text)
    assert found is not None, mail.text
    return found.group(1)


def _subscribed(town: Town, email: str = KARI) -> Subscription:
    newsletter.subscribe(town.municipality, email=email, language="nb")
    subscription = Subscription.objects.get(email=email)
    newsletter.confirm(subscription)
    return subscription


def _stop_path(client: Client, mail: Mail) -> str:
    found = re.search(r"(/varsler/stopp/\S+)", mail.text)
    assert found is not None, mail.text
    return found.group(1)


def test_asking_sends_one_mail_that_confirms_and_nothing_else(client: Client, town: Town) -> None:
    answer = _ask(client, "Kari@Example.org ")
    run_jobs()

    [mail] = sent_mails()
    subscription = Subscription.objects.get()
    assert answer.status_code == 200
    assert "Se i innboksen din" in answer.content.decode()
    assert (mail.to_address, mail.subject) == (KARI, "Bekreft at du vil ha nyhetsbrevet fra Storvik")
    assert (subscription.email, subscription.confirmed_at) == (KARI, None)


def test_opening_the_link_changes_nothing_and_pressing_the_button_confirms(client: Client, town: Town) -> None:
    _ask(client)
    run_jobs()
    path = _path_in(sent_mails()[0])

    opened = client.get(path)
    before = Subscription.objects.get().confirmed_at
    pressed = client.post(path)

    assert (opened.status_code, before, pressed.status_code) == (200, None, 200)
    assert Subscription.objects.get().confirmed_at is not None
    assert pressed["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("case", ["made up", "another municipality", "asked anew since"])
def test_confirming_with_another_link_is_not_found(client: Client, town: Town, case: str) -> None:
    newsletter.subscribe(town.municipality, email=KARI, language="nb")
    subscription = Subscription.objects.get()
    token, slug = confirmation_token(subscription), "storvik"
    if case == "made up":
        token = token[:-1] + ("a" if token[-1] != "a" else "b")
    elif case == "another municipality":
        slug = "lillevik"
    else:
        Subscription.objects.update(asked_at=clock.now() + timedelta(minutes=11))

    answer = client.post(f"/{slug}/historier/nyhetsbrev/bekreft/{token}/")

    assert answer.status_code == 404
    assert Subscription.objects.get().confirmed_at is None


def test_asking_says_the_same_whoever_has_it_already_and_sends_no_second_mail(client: Client, town: Town) -> None:
    _subscribed(town)
    run_jobs()

    known, unknown = _ask(client), _ask(client, "ola@example.org")
    run_jobs()

    said = [answer.content.decode().partition("<main")[2].partition("</main>")[0] for answer in (known, unknown)]
    assert KARI in said[0]
    assert said[0].replace(KARI, "") == said[1].replace("ola@example.org", "")
    assert [mail.to_address for mail in sent_mails()] == ["ola@example.org"]


def test_asking_twice_in_a_row_makes_one_mail(client: Client, town: Town) -> None:
    _ask(client)
    _ask(client)
    run_jobs()

    assert len(sent_mails()) == 1


def test_asking_with_what_is_no_address_is_told(client: Client, town: Town) -> None:
    assert _ask(client, "kari").status_code == 422
    assert Subscription.objects.count() == 0


def test_monday_tells_what_went_out_since_once(town: Town) -> None:
    with clock.moved_to(WEDNESDAY):
        make_story(town, StoryState.PUBLISHED, title="Før hun spurte")
        with clock.moved_to(WEDNESDAY + timedelta(hours=1)):
            _subscribed(town)
            run_jobs(until=WEDNESDAY + timedelta(hours=1))
        with clock.moved_to(WEDNESDAY + timedelta(hours=2)):
            make_story(town, StoryState.PUBLISHED, title="Den nye benken")
            gone = make_story(town, StoryState.PUBLISHED, title="Trukket i mellomtiden")
            withdraw(gone, actor=town.editor, reason="Feil.")
            assert newsletter.send_newsletters() == 0
    with clock.moved_to(MONDAY):
        sent = [newsletter.send_newsletters(), newsletter.send_newsletters()]
        run_jobs()

    [mail] = [mail for mail in sent_mails(KARI) if mail.kind == "stories.news"]
    assert sent == [1, 0]
    assert mail.subject == "Nye historier fra Storvik"
    assert "Den nye benken" in mail.text
    assert "/storvik/historier/den-nye-benken/" in mail.text
    assert "Før hun spurte" not in mail.text
    assert "Trukket i mellomtiden" not in mail.text


def test_monday_without_news_sends_nothing_and_the_next_one_leaves_nothing_out(town: Town) -> None:
    with clock.moved_to(WEDNESDAY):
        _subscribed(town)
    with clock.moved_to(MONDAY):
        assert newsletter.send_newsletters() == 0
        make_story(town, StoryState.PUBLISHED)
    # A worker that slept over a Monday: what it missed is in the next mail.
    with clock.moved_to(MONDAY + timedelta(days=15)):
        assert newsletter.send_newsletters() == 1


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        (datetime(2026, 11, 30, 5, 59, tzinfo=UTC), datetime(2026, 11, 23, 6, tzinfo=UTC)),
        (datetime(2026, 11, 30, 6, 0, tzinfo=UTC), datetime(2026, 11, 30, 6, tzinfo=UTC)),
        (datetime(2026, 7, 6, 5, 0, tzinfo=UTC), datetime(2026, 7, 6, 5, tzinfo=UTC)),
        (datetime(2026, 12, 6, 22, 0, tzinfo=UTC), datetime(2026, 11, 30, 6, tzinfo=UTC)),
        # Monday the 30th of March, after the clocks were put forward on Sunday.
        (datetime(2026, 3, 30, 5, 30, tzinfo=UTC), datetime(2026, 3, 30, 5, tzinfo=UTC)),
    ],
)
def test_last_monday_is_at_seven_in_oslo(now: datetime, monday: datetime) -> None:
    assert newsletter.last_monday(now) == monday


def test_one_press_stops_the_newsletter_and_the_address_is_forgotten(client: Client, town: Town) -> None:
    with clock.moved_to(WEDNESDAY):
        _subscribed(town)
        _subscribed(town, "ola@example.org")
        with clock.moved_to(WEDNESDAY + timedelta(hours=1)):
            make_story(town, StoryState.PUBLISHED)
    with clock.moved_to(MONDAY):
        newsletter.send_newsletters()
        run_jobs()
        [mail] = [mail for mail in sent_mails(KARI) if mail.kind == "stories.news"]
        # What a mail program does (RFC 8058): a POST with neither cookie nor token.
        pressed = Client(enforce_csrf_checks=True).post(_stop_path(client, mail), {"List-Unsubscribe": "One-Click"})
        make_story(town, StoryState.PUBLISHED, title="Enda en")
    with clock.moved_to(MONDAY + timedelta(days=7)):
        newsletter.send_newsletters()
        run_jobs()
        forgotten = newsletter.forget_subscriptions()

    assert pressed.status_code == 200
    assert len([mail for mail in sent_mails(KARI) if mail.kind == "stories.news"]) == 1
    assert len([mail for mail in sent_mails("ola@example.org") if mail.kind == "stories.news"]) == 2
    assert forgotten == 1
    assert list(Subscription.objects.values_list("email", flat=True)) == ["ola@example.org"]


def test_asking_again_after_a_stop_begins_again_when_confirmed(client: Client, town: Town) -> None:
    with clock.moved_to(WEDNESDAY):
        _subscribed(town)
        with clock.moved_to(WEDNESDAY + timedelta(hours=1)):
            make_story(town, StoryState.PUBLISHED)
    with clock.moved_to(MONDAY):
        newsletter.send_newsletters()
        run_jobs()
        Client().post(_stop_path(client, sent_mails(KARI)[-1]), {"List-Unsubscribe": "One-Click"})
        _ask(client)
        run_jobs()
        client.post(_path_in([mail for mail in sent_mails(KARI) if mail.kind == "stories.confirm"][-1]))
        with clock.moved_to(MONDAY + timedelta(hours=1)):
            make_story(town, StoryState.PUBLISHED, title="Enda en")
    with clock.moved_to(MONDAY + timedelta(days=7)):
        newsletter.send_newsletters()
        run_jobs()

    assert len([mail for mail in sent_mails(KARI) if mail.kind == "stories.news"]) == 2


def test_address_that_was_never_confirmed_is_forgotten_after_a_week(town: Town) -> None:
    newsletter.subscribe(town.municipality, email=KARI, language="nb")

    with clock.moved_by(days=6):
        early = newsletter.forget_subscriptions()
    with clock.moved_by(days=7, minutes=1):
        late = newsletter.forget_subscriptions()

    assert (early, late, Subscription.objects.count()) == (0, 1, 0)
