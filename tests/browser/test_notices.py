"""Inbox, choices, the link in a mail and the outbox, in a real browser."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django_scopes import scopes_disabled
from playwright.sync_api import Page, expect

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.notifications.addresses import ContactPoint
from grobunn.notifications.models import Mail, Stop
from grobunn.notifications.services.deliver import send_due_mails
from grobunn.notifications.services.notify import Recipient, notify
from grobunn.notifications.states import MailState
from grobunn.notifications.stops import subscription_of, token_of
from grobunn.organisations.tests.factories import MunicipalityFactory


def tell(to: Recipient, *, count: int = 1) -> None:
    municipality = MunicipalityFactory(name="Trondheim", language_form="nb")
    for number in range(count):
        notify(
            "notifications.mail_undelivered",
            to=to,
            municipality_id=municipality.pk,
            thread_key=f"idea:{number}",
            data={"title": f"Alarmknapp som virker i kjelleren {number}", "problem": "550 5.1.1 …"},
            url="/ui/",
            key=f"{number}",
        )


def sign_in(page: Page, user: User, base_url: str) -> None:
    client = Client()
    client.force_login(user)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}])


def last_mail() -> Mail:
    with scopes_disabled():
        return Mail.objects.order_by("-id")[0]


def test_every_page_breaks_no_wcag_rule(
    looked_at: Page, live_server: Any, settings: Any, accessible: Callable[[Page], None]
) -> None:
    settings.DEMO = True
    user = UserFactory(is_operator=True)
    sign_in(looked_at, user, live_server.url)
    tell(user, count=30)
    tell(ContactPoint("kari@example.org", "nb"))
    stop_link = f"/varsler/stopp/{token_of(subscription_of(last_mail()))}/"
    send_due_mails()
    with scopes_disabled():
        Mail.objects.filter(recipient=user).update(state=MailState.UNCERTAIN, problem="Nobody knows.")
    Stop.objects.create(user=user, thread_key="idea:0")

    for path, sign in (
        ("/varsler/", looked_at.locator("[data-row]").nth(24)),
        ("/varsler/innstillinger/", looked_at.get_by_role("button", name="Få disse e-postene igjen")),
        (stop_link, looked_at.get_by_role("button", name="Ikke mer e-post om denne ideen eller saken")),
        ("/varsler/e-post/", looked_at.get_by_role("button", name="Send på nytt").first),
        ("/utboks/", looked_at.get_by_role("link", name="Kom ikke fram: Alarmknapp").first),
        (f"/utboks/{last_mail().pk}/", looked_at.get_by_text("List-Unsubscribe-Post")),
    ):
        looked_at.goto(path)
        expect(sign).to_be_visible()
        accessible(looked_at)


def test_stop_page_does_what_its_button_says(unscripted: Page) -> None:
    tell(ContactPoint("kari@example.org", "nb"))
    unscripted.goto(f"/varsler/stopp/{token_of(subscription_of(last_mail()))}/")

    unscripted.get_by_role("button", name="Ikke mer e-post om denne ideen eller saken").click()

    expect(unscripted.get_by_text("Du får ikke flere slike e-poster.")).to_be_visible()
    assert list(Stop.objects.values_list("thread_key", flat=True)) == ["idea:0"]


def test_whole_inbox_works_without_script(unscripted: Page, live_server: Any) -> None:
    user = UserFactory()
    sign_in(unscripted, user, live_server.url)
    tell(user, count=2)

    unscripted.goto("/varsler/")
    unscripted.get_by_role("button", name="Merk som lest – Kom ikke fram: Alarmknapp som virker i kjelleren 1").click()
    expect(unscripted.get_by_text("Ulest", exact=True)).to_have_count(1)
    unscripted.get_by_role("button", name="Merk alle som lest").click()

    expect(unscripted.get_by_text("Ulest", exact=True)).to_have_count(0)
