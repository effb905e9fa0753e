"""Declaring impartiality with the keyboard alone, on a narrow phone; every page of it is read by axe."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.test import Client
from django_scopes import scope
from playwright.sync_api import BrowserContext, Page, expect

from grobunn.juries.models import Conflict, Declaration, Entry, PartyKind
from grobunn.juries.services.composing import EntryGiven, PartyGiven, hand_in
from grobunn.juries.services.steps import step
from grobunn.juries.tests.factories import make_jury
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of
from tests.browser.conftest import PHONE


def _signed_in(new_context: Callable[..., BrowserContext], live_server: Any, user: Any, **options: Any) -> Page:
    client = Client()
    client.force_login(user)
    context = new_context(**options)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    return context.new_page()


def test_member_declares_by_keyboard_on_a_phone(
    new_context: Callable[..., BrowserContext], live_server: Any, accessible: Callable[[Page], None]
) -> None:
    municipality = MunicipalityFactory(slug="trondheim", name="Trondheim")
    with scope(municipality=municipality.pk):
        adviser = adviser_of(municipality)
        panel, members, entries = make_jury(municipality, by=adviser, entries=2)
        partner = PartyGiven(PartyKind.PARTNER, name="SINTEF")
        hand_in(panel, [EntryGiven("Sensorer i senger", text="Om senger.", parties=[partner])], actor=adviser)
        step(panel, "open_declarations", actor=adviser)
    page = _signed_in(new_context, live_server, members[1].user, viewport=PHONE, has_touch=True)
    page.goto(f"/trondheim/paneler/{panel.reference}/habilitet/")
    accessible(page)
    expect(page.get_by_text("Om senger.")).to_have_count(0)

    # A relation to the first, none to the rest: nothing but Tab, Space, arrows and typing.
    first = entries[0].pk
    page.locator(f"#e-{first}-none").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"#e-{first}-relation")).to_be_checked()
    # Which relation is the next stop, and the text the one after it.
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(f"#e-{first}-a")).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"#e-{first}-b")).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.locator(f"#e-{first}-text")).to_be_focused()
    page.keyboard.type("Broren min leder teamet.")
    page.keyboard.press("Tab")
    expect(page.locator("#declare-status")).to_contain_text("2 bidrag")
    page.get_by_role("button", name="Ingen tilknytning for resten").focus()
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/{panel.reference}/")
    accessible(page)
    with scope(municipality=municipality.pk):
        said = dict(Declaration.objects.filter(member=members[1]).values_list("entry__title", "ground"))
        assert said == {entries[0].title: "b", entries[1].title: "", "Sensorer i senger": ""}
        assert Conflict.objects.get().detail == "Broren min leder teamet."
        assert Entry.objects.count() == 3

    chair = _signed_in(new_context, live_server, members[0].user)
    chair.goto(f"/trondheim/paneler/{panel.reference}/habilitet/vurdering/")
    accessible(chair)
    chair.goto(f"/trondheim/paneler/{panel.reference}/kriterier/")
    accessible(chair)
    _keep_pictures(new_context, live_server, panel, adviser, members)


def _keep_pictures(new_context: Any, live_server: Any, panel: Any, adviser: Any, members: Any) -> None:
    where = os.environ.get("IMP_SHOTS")
    if not where:
        return
    base = f"/trondheim/paneler/{panel.reference}/"
    for name, user, options in (
        ("desktop", members[0].user, {}),
        ("dark", members[0].user, {"color_scheme": "dark"}),
        ("phone", members[1].user, {"viewport": PHONE}),
        ("adviser", adviser, {}),
    ):
        shown = _signed_in(new_context, live_server, user, **options)
        for part in ("", "habilitet/", "habilitet/vurdering/", "kriterier/", "medlemmer/", "bidrag/", "om/"):
            shown.goto(base + part)
            shown.screenshot(path=str(Path(where) / f"{name}-{part.replace('/', '_')}.png"), full_page=True)
        shown.goto("/trondheim/paneler/")
        shown.screenshot(path=str(Path(where) / f"{name}-list.png"), full_page=True)
