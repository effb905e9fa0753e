"""What is typed is not lost."""

from playwright.sync_api import Page, Route, expect

IDEA = "Alarmknappen virker ikke i kjelleren"


def box(page: Page) -> object:
    return page.locator("form[data-draft] textarea")


def test_draft_reload_restores_text_and_says_so(page: Page) -> None:
    page.goto("/ui/")
    box(page).fill(IDEA)
    page.wait_for_timeout(500)

    page.reload()

    expect(box(page)).to_have_value(IDEA)
    expect(page.locator("[data-draft-notice]")).to_be_visible()


def test_draft_start_again_empties_the_form(page: Page) -> None:
    page.goto("/ui/")
    box(page).fill(IDEA)
    page.wait_for_timeout(500)
    page.reload()

    page.locator("[data-draft-restart]").click()
    page.reload()

    expect(box(page)).to_have_value("")
    expect(page.locator("[data-draft-notice]")).to_be_hidden()


def test_draft_received_is_cleared(page: Page) -> None:
    page.goto("/ui/")
    form = page.locator("form[data-draft]")
    box(page).fill(IDEA)
    form.locator("select").select_option("service")
    form.get_by_role("button", name="Send").click()
    page.wait_for_url("**/ui/?received")

    page.goto("/ui/")

    expect(box(page)).to_have_value("")


def test_draft_refused_form_keeps_what_the_server_sent_back(page: Page) -> None:
    page.goto("/ui/")
    box(page).fill(IDEA)
    page.locator("form[data-draft]").get_by_role("button", name="Send").click()

    expect(page.locator(".ds-error-summary").first).to_be_focused()
    expect(box(page)).to_have_value(IDEA)
    expect(page.locator("[data-draft-notice]")).to_be_hidden()


def test_submit_without_network_waits_and_sends_itself(page: Page) -> None:
    page.goto("/ui/")
    form = page.locator("form[data-draft]")
    box(page).fill(IDEA)
    form.locator("select").select_option("service")
    page.context.set_offline(True)
    form.get_by_role("button", name="Send").click()
    expect(form.locator("[data-form-status]")).not_to_be_empty()

    page.context.set_offline(False)

    page.wait_for_url("**/ui/?received")


def test_submit_pressed_twice_sends_once(page: Page) -> None:
    sent: list[str] = []

    def slow(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route.request.url)
            page.wait_for_timeout(400)
        route.continue_()

    page.route("**/ui/", slow)
    page.goto("/ui/")
    form = page.locator("form[data-draft]")
    box(page).fill(IDEA)
    form.locator("select").select_option("service")
    form.get_by_role("button", name="Send").dblclick(no_wait_after=True)
    page.wait_for_url("**/ui/?received")

    assert len(sent) == 1


def test_draft_refused_form_left_alone_is_there_when_one_comes_back(page: Page) -> None:
    page.goto("/ui/")
    box(page).fill(IDEA)
    page.locator("form[data-draft]").get_by_role("button", name="Send").click()
    expect(page.locator(".ds-error-summary").first).to_be_focused()

    page.goto("/ui/teller/")
    page.goto("/ui/")

    expect(box(page)).to_have_value(IDEA)


def test_draft_never_holds_passwords_or_addresses(page: Page) -> None:
    page.goto("/ui/")
    form = page.locator("form[data-draft]")
    box(page).fill(IDEA)
    form.locator("input[type=email]").fill("nora@example.no")
    page.wait_for_timeout(500)

    kept = page.evaluate("JSON.stringify(localStorage)")

    assert IDEA in kept
    assert "nora@example.no" not in kept
