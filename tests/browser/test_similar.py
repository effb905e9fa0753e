"""The box of similar ideas while somebody writes."""

from playwright.sync_api import Locator, Page, Route, expect

from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search.tests.conftest import Notes, notes

__all__ = ["notes"]


def test_similar_needs_three_words(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "lignende" in request.url else None)
    page.goto("/ui/")
    field = page.locator("form[data-draft] textarea")

    field.press_sequentially("Alarmknappen virker")
    page.wait_for_timeout(600)

    assert asked == []


def test_similar_shows_what_is_found_and_keeps_its_place(page: Page) -> None:
    page.goto("/ui/")
    field = page.locator("form[data-draft] textarea")
    field.fill("Alarmknappen virker ikke")
    top = page.locator("form[data-draft] input[name=title]").bounding_box()

    expect(page.locator(".similar")).to_contain_text("Alarmknappen virker ikke")

    assert page.locator("form[data-draft] input[name=title]").bounding_box() == top
    expect(field).to_be_focused()
    expect(page.locator("#live")).not_to_be_empty()


def place_of(element: Locator) -> float:
    """How far down the page something stands, wherever the page is scrolled to."""
    return float(element.evaluate("(element) => element.getBoundingClientRect().top + window.scrollY"))


def test_similar_on_a_phone_moves_nothing_until_the_writer_opens_it(phone: Page) -> None:
    phone.goto("/ui/")
    field = phone.locator("form[data-draft] textarea")
    below = phone.locator("form[data-draft] input[name=title]")
    expect(phone.locator(".similar__quiet")).to_be_visible()
    top = place_of(below)

    field.fill("Alarmknappen virker ikke")
    summary = phone.locator(".similar__summary")
    expect(summary).to_be_visible()
    assert place_of(below) == top
    expect(phone.locator(".similar__found")).not_to_have_attribute("open", "")
    field.fill("Alarm")
    expect(phone.locator(".similar__quiet")).to_be_visible()
    assert place_of(below) == top

    field.fill("Alarmknappen virker ikke")
    summary.click()
    opened = place_of(below)
    field.fill("Alarmknappen virker ikke i kjelleren")
    expect(phone.locator(".similar")).to_contain_text("i kjelleren")
    expect(phone.locator(".similar__found")).to_have_attribute("open", "")
    assert place_of(below) == opened


def test_similar_superseded_answer_is_not_shown(page: Page) -> None:
    def first_is_slow(route: Route) -> None:
        if "kjelleren" not in route.request.url:
            page.wait_for_timeout(1200)
        route.continue_()

    page.route("**/ui/lignende/**", first_is_slow)
    page.goto("/ui/")
    field = page.locator("form[data-draft] textarea")
    field.fill("Alarmknappen virker ikke")
    page.wait_for_timeout(400)
    field.fill("Alarmknappen virker ikke i kjelleren")

    expect(page.locator(".similar")).to_contain_text("i kjelleren")
    page.wait_for_timeout(1500)
    expect(page.locator(".similar")).to_contain_text("i kjelleren")


def test_similar_without_scripts_is_shown_by_a_button_and_nothing_is_lost(unscripted: Page, notes: Notes) -> None:
    here = MunicipalityFactory(slug="storvik", name="Storvik")
    notes.add("Gåbuss til skolen hver morgen", here, url="/storvik/", state="started")
    unscripted.goto("/storvik/ny")
    text = unscripted.get_by_label("Hva er ideen din?")
    text.fill("Foreldre ønsker gåbuss til skolen")
    unscripted.get_by_label("E-post, hvis du vil ha svaret tilsendt").fill("kari@example.no")

    unscripted.get_by_role("button", name="Se om noen har tenkt det samme").click()

    expect(unscripted.get_by_role("link", name="Gåbuss til skolen hver morgen")).to_be_visible()
    expect(text).to_have_value("Foreldre ønsker gåbuss til skolen")
    expect(unscripted.get_by_label("E-post, hvis du vil ha svaret tilsendt")).to_have_value("kari@example.no")
