"""Attendance on a phone: ticks outlive the network, and the code on the wall puts one on the list by keyboard."""

from collections.abc import Callable
from datetime import time
from random import Random
from typing import Any

from django.conf import settings
from django.test import Client
from django_scopes import scope
from playwright.sync_api import BrowserContext, Page, expect

from grobunn.accounts.models import User
from grobunn.kernel import clock
from grobunn.organisations.models import Municipality
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of
from grobunn.programmes.models import Attendance, Cohort, Day, Enrolment, Mark
from grobunn.programmes.services.programmes import DayGiven, add_gathering
from grobunn.programmes.tests.factories import add_days, make_participant, make_run
from grobunn.programmes.wall import here_page
from tests.browser.conftest import PHONE
from tests.browser.phones import Cuts

PEOPLE, TICKS = 4, 14


def open_day() -> tuple[Cohort, Day, list[Enrolment], User]:
    """A cohort that meets today, all day; one gathering was before, and all of them missed it."""
    municipality: Municipality = MunicipalityFactory(slug="trondheim")
    adviser = adviser_of(municipality)
    with scope(municipality=municipality.pk):
        cohort = make_run(municipality, by=adviser)
        add_days(cohort, "Rollen som leder", in_days=-9, by=adviser)
        today = DayGiven(clock.today(), time(0), time(23, 59, 59))
        gathering = add_gathering(cohort, title="Innovasjon", days=[today], actor=adviser)
        people = [make_participant(cohort, by=adviser) for _number in range(PEOPLE)]
        day = Day.objects.select_related("gathering__cohort__programme__municipality").get(gathering=gathering)
    return cohort, day, people, adviser


def signed_in(context: BrowserContext, user: User, url: str) -> Page:
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": url}])
    return context.new_page()


def go_to_list(page: Page, day: Day) -> None:
    page.goto(f"/trondheim/programmer/ledelsesskolen/kull-1/oppmote/?dag={day.pk}")
    expect(page.locator("[data-outbox][data-ready]")).to_be_attached()


def test_every_tick_of_a_list_arrives_and_the_last_counts(
    new_context: Callable[..., BrowserContext], live_server: Any, accessible: Callable[[Page], None]
) -> None:
    _cohort, day, people, adviser = open_day()
    pick = Random(3)
    page = signed_in(new_context(viewport=PHONE, has_touch=True), adviser, live_server.url)

    cuts = Cuts(page, pick, sending="**/oppmote/send/")
    go_to_list(page, day)
    accessible(page)
    expected = dict.fromkeys([person.pk for person in people], False)

    for number in range(TICKS):
        cuts.maybe()
        person = pick.choice(people)
        page.locator(f"#p-{person.pk}").click()
        expected[person.pk] = not expected[person.pk]
        if number == TICKS // 2:
            # The page is lost and opened again, with what is not sent still on the device.
            page.context.set_offline(False)
            go_to_list(page, day)
            for each in people:
                expect(page.locator(f"#p-{each.pk}")).to_be_checked(checked=expected[each.pk])
    cuts.end()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-outbox-status]")).to_have_attribute("data-state", "sent", timeout=30_000)
    present = sum(expected.values())
    expect(page.locator("[data-count]")).to_have_text(f"{present} av {PEOPLE} er her")

    with scope(municipality=day.municipality_id):
        assert Mark.objects.count() == TICKS
        found = dict(Attendance.objects.values_list("enrolment_id", "is_present"))
    assert {pk: found.get(pk, False) for pk in expected} == expected


def test_code_on_the_wall_leads_to_the_list_by_keyboard_on_a_narrow_phone(
    new_context: Callable[..., BrowserContext], live_server: Any, accessible: Callable[[Page], None]
) -> None:
    _cohort, day, people, adviser = open_day()
    wall = signed_in(new_context(), adviser, live_server.url)
    wall.goto(f"/trondheim/programmer/ledelsesskolen/kull-1/oppmote/kode/{day.pk}/")
    accessible(wall)
    letters = wall.locator(".wall__letters").inner_text()
    assert here_page(day).endswith(f"/{letters}/")

    phone = signed_in(new_context(viewport=PHONE), people[0].user, live_server.url)
    phone.goto("/trondheim/programmer/ledelsesskolen/kull-1/min-plass/")
    accessible(phone)
    phone.get_by_label("Kode på veggen").focus()
    phone.keyboard.type(letters.lower().replace("-", " "))
    phone.keyboard.press("Enter")
    button = phone.get_by_role("button", name="Jeg er her")
    expect(button).to_be_visible()
    accessible(phone)
    button.focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_text(f"Velkommen, {people[0].name}.")).to_be_visible()
    accessible(phone)

    go_to_list(wall, day)
    expect(wall.locator(f"#p-{people[0].pk}")).to_be_checked()
    expect(wall.locator("[data-count]")).to_have_text(f"1 av {PEOPLE} er her")
