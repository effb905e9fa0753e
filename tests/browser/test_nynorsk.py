"""Ulstein speaks nynorsk: no word of bokmål or English is left over on the pages that people meet there."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope
from playwright.sync_api import BrowserContext, Page

from grobunn.accounts.models import User
from grobunn.config import demo
from grobunn.ideas.models import Idea
from grobunn.ideas.services import answer
from grobunn.ideas.tests.factories import make_idea
from grobunn.organisations.queries import municipality_by_slug, unit_by_slug

# Words that bokmål has and nynorsk has not, and words of English.
BOKMAL = """ikke hva hvem hvor hvordan hvorfor jeg dere noen noe enhet enheter enheten leder ledere lederen enhetsleder
    avdelingsleder innsenderen begrunnelse tjeneste tjenester mottatt besvart løsning løsningen medarbeider selv
    innstillinger varsler gjøre ennå forsinket uker måned måneder tidligere hun henne hjem skriver leser
    kommer ligger velger ideer ideene nettleseren tilbakemelding åpne lukke uten bare hver mye logget innlogget
    e-postadressen innovasjonsrådgiver personvernombud"""
ENGLISH = "the and your you with what who queue idea ideas answer settings search save back sign about"
ADDRESSES = {
    "": ("/ulstein/", "/ulstein/ny", "/ulstein/ideer/", "/t/{asked.receipt}/", "/t/{asked.receipt}/kvittering/"),
    "innovasjon.ulstein@demo.example": (
        "/ulstein/ko/",
        "/ulstein/ideer/{fresh.reference}/",
        "/ulstein/ideer/{asked.reference}/",
        "/ulstein/ideer/{fresh.reference}/steg/park/",
        "/ulstein/ideer/{fresh.reference}/steg/forward/",
        "/ulstein/oppsett/",
        "/ulstein/oppsett/svarfrist/",
        "/ulstein/oppsett/adresser/",
        "/ulstein/oppsett/import/",
        "/ulstein/fravaer/",
        "/ulstein/sok/",
    ),
}


@pytest.fixture
def ideas(settings: Any) -> dict[str, Idea]:
    settings.DEMO = True
    for _feature, load in demo._loaders():
        load()
    ulstein = municipality_by_slug("ulstein")
    with scope(municipality=ulstein.pk):
        place = unit_by_slug(ulstein.pk, "heimetenesta")
        made = {name: make_idea(ulstein, unit=place, text="Felles køyreplan.") for name in ("fresh", "asked")}
        adviser = User.objects.get(email="innovasjon.ulstein@demo.example")
        answer.ask(made["asked"], actor=adviser, reason="Kva dag?")
    return made


def test_pages_of_ulstein_speak_nynorsk_alone(
    new_context: Callable[..., BrowserContext], ideas: dict[str, Idea], live_server: Any
) -> None:
    foreign = set(f"{BOKMAL} {ENGLISH}".split())
    left_over: dict[str, list[str]] = {}

    for email, addresses in ADDRESSES.items():
        # The browser asks for Norwegian, whichever: the municipality's language form decides.
        page = _page(new_context(locale="no"), email, live_server.url)
        for address in addresses:
            page.goto(address.format(**ideas))
            words = set(re.findall(r"[a-zæøå-]+", page.locator("body").inner_text().lower()))
            assert page.locator("html").get_attribute("lang") == "nn", address
            if words & foreign:
                left_over[address] = sorted(words & foreign)

    assert left_over == {}


def _page(context: BrowserContext, email: str, base_url: str) -> Page:
    if email:
        client = Client()
        client.force_login(User.objects.get(email=email))
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}])
    return context.new_page()
