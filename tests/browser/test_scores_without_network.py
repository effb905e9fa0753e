"""Scores outlive the network: cut at random points, every tap is in the database, and none is changed."""

from collections.abc import Callable
from random import Random
from typing import Any

from django_scopes import scope
from playwright.sync_api import BrowserContext, expect

from grobunn.juries.models import Criterion, Entry, Member, Panel, Score, Tap
from grobunn.juries.services.steps import step
from grobunn.juries.tests.factories import declare_all, make_jury
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of
from tests.browser.phones import Cuts, expect_sent, open_sheets, sign_in, tap

TAPS = 12


def open_panel() -> tuple[Panel, list[Member], list[Entry]]:
    municipality = MunicipalityFactory(slug="trondheim")
    adviser = adviser_of(municipality)
    with scope(municipality=municipality.pk):
        panel, members, entries = make_jury(municipality, by=adviser, entries=4)
        step(panel, "open_declarations", actor=adviser)
        declare_all(*members)
        step(panel, "open_scoring", actor=adviser)
    return panel, members, entries


def test_every_tap_of_two_panellists_arrives_unchanged(
    new_context: Callable[..., BrowserContext], live_server: Any
) -> None:
    panel, members, entries = open_panel()
    with scope(municipality=panel.municipality_id):
        codes = list(Criterion.objects.filter(panel=panel).values_list("code", flat=True))
    pick = Random(7)
    seats = []
    for member in members[1:3]:
        page = sign_in(new_context(viewport={"width": 360, "height": 740}), member.user, live_server.url)
        open_sheets(page, panel, entries[0], sheets=4)
        seats.append((member, page, Cuts(page, pick)))
    expected: dict[tuple[Any, Any, str], int] = {}
    made = {member.pk: 0 for member in members}

    for _number in range(TAPS):
        for member, page, cuts in seats:
            cuts.maybe()
            if pick.random() < 0.4:
                page.keyboard.press(pick.choice("np"))
            sheet = page.locator("[data-sheet]:not([hidden])").get_attribute("data-sheet")
            code, value = pick.choice(codes), pick.randint(1, 4)
            if expected.get((member.pk, sheet, code)) != value:
                tap(page, code, value)
                expected[(member.pk, sheet, code)] = value
                made[member.pk] += 1
    # One loses the page and opens it again, with what is not sent still on the device.
    seats[0][2].end()
    open_sheets(seats[0][1], panel, entries[0], sheets=4)
    for _member, page, cuts in seats:
        cuts.end()
        expect_sent(page)

    with scope(municipality=panel.municipality_id):
        kept = {member.pk: Tap.objects.filter(member=member).count() for member in members}
        found = {
            (score.member_id, str(score.entry_id), score.criterion.code): score.value
            for score in Score.objects.select_related("criterion")
            if score.criterion
        }
    assert kept == made
    assert found == expected


def test_signed_out_keeps_what_was_given_until_one_is_back(
    new_context: Callable[..., BrowserContext], live_server: Any
) -> None:
    panel, members, entries = open_panel()
    context = new_context()
    page = sign_in(context, members[1].user, live_server.url)
    open_sheets(page, panel, entries[0], sheets=4)
    with scope(municipality=panel.municipality_id):
        criterion = Criterion.objects.filter(panel=panel).first()
    context.clear_cookies()

    page.keyboard.press("3")
    expect(page.locator("[data-outbox-login]")).to_be_visible()
    sign_in(context, members[1].user, live_server.url).close()
    page.evaluate("window.dispatchEvent(new Event('online'))")

    expect(page.locator("[data-outbox-status]")).to_have_attribute("data-state", "sent", timeout=30_000)
    with scope(municipality=panel.municipality_id):
        assert Score.objects.get(member=members[1], criterion=criterion).value == 3


def test_page_that_is_older_than_what_was_sent_shows_what_is_kept(
    new_context: Callable[..., BrowserContext], live_server: Any
) -> None:
    panel, members, entries = open_panel()
    page = sign_in(new_context(), members[1].user, live_server.url)
    open_sheets(page, panel, entries[0], sheets=4)
    with scope(municipality=panel.municipality_id):
        code = Criterion.objects.filter(panel=panel).values_list("code", flat=True)[0]
    old = page.request.get(page.url).text()
    figure = page.locator(f"[data-sheet='{entries[0].pk}'] input[name='value-{code}'][value='3']")
    figure.check()
    expect_sent(page)

    # As the browser's memory may give it back: without what was tapped, and nothing unsent to lay over it.
    page.route(f"**/poeng/{entries[0].pk}/", lambda route: route.fulfill(body=old, content_type="text/html"))
    page.reload()

    expect(figure).to_be_checked()
    expect(page.locator("[data-progress]")).to_contain_text("0 av 4")
