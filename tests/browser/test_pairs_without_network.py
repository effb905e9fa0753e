"""Choices between two outlive the network: the next pairs are on the device, and every choice is kept once."""

from random import Random
from typing import Any

from django_scopes import scope
from playwright.sync_api import Page, expect

from grobunn.juries.models import Comparison, Panel
from grobunn.juries.queries.comparing import AHEAD
from grobunn.juries.services.steps import step
from grobunn.juries.tests.factories import declare_all, make_jury
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of
from tests.browser.conftest import PHONE
from tests.browser.phones import Cuts, NewContext, expect_sent, sign_in

ENTRIES = 7
BUTTONS = {"left": "1", "right": "2", "equal": "0"}


def _open(page: Page, panel: Panel) -> None:
    page.goto(f"/trondheim/paneler/{panel.reference}/sammenlign/")
    expect(page.locator("[data-comparing][data-ready]")).to_be_attached()


def _choose(page: Page, better: str) -> tuple[str, str]:
    """Answer about the pair that is shown, by its key. Returns: the pair, and which of it."""
    shown = page.locator("[data-pair]")
    pair = shown.get_attribute("data-pair")
    assert pair
    page.keyboard.press(BUTTONS[better])
    expect(page.locator(f"[data-pair='{pair}']")).to_have_count(0)
    left, right = pair.split()
    return pair, {"left": left, "right": right, "equal": "None"}[better]


def test_every_choice_of_a_panellist_without_network_arrives_once(new_context: NewContext, live_server: Any) -> None:
    municipality = MunicipalityFactory(slug="trondheim", default_language="nb")
    adviser = adviser_of(municipality)
    with scope(municipality=municipality.pk):
        panel, members, _entries = make_jury(municipality, by=adviser, entries=ENTRIES, is_pairwise=True)
        step(panel, "open_declarations", actor=adviser)
        declare_all(*members)
        step(panel, "open_scoring", actor=adviser)
    member, pick = members[1], Random(7)
    page = sign_in(new_context(viewport=PHONE), member.user, live_server.url)
    _open(page, panel)

    # All that was handed out, without network; the last is taken back and asked again.
    page.context.set_offline(True)
    expected = dict(_choose(page, pick.choice(list(BUTTONS))) for _number in range(AHEAD))
    expect(page.locator("[data-when-none]")).to_be_visible()
    page.locator("[data-take-back] button").click()
    expected |= dict([_choose(page, "right")])
    # The page is lost and opened again, with everything still on the device: sent, and others are asked about.
    page.context.set_offline(False)
    _open(page, panel)
    expect(page.locator("[data-progress]")).to_contain_text(f"{AHEAD} av")
    expect(page.locator("[data-pair]")).to_be_visible()
    cuts = Cuts(page, pick, sending="**/sammenlign/send/")
    for _number in range(3):
        expected |= dict([_choose(page, pick.choice(list(BUTTONS)))])
        cuts.maybe()
    cuts.end()
    expect_sent(page)

    with scope(municipality=municipality.pk):
        kept = Comparison.objects.filter(member=member)
        found = {f"{row.left_id} {row.right_id}": str(row.better_id) for row in kept.filter(counts=True)}
    assert found == expected
    assert (len(found), kept.count()) == (AHEAD + 3, AHEAD + 4)
