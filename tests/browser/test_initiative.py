"""The page of an initiative in use: a task is ticked by keyboard and taken back, and every page of it is for all."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from grobunn.accounts.models import User
from grobunn.ideas.tests.factories import make_idea
from grobunn.initiatives.models import Entry, Initiative, Milestone, Risk, Task
from grobunn.initiatives.services import milestones, parts, tasks
from grobunn.initiatives.services.attachments import attach
from grobunn.initiatives.services.helping import add_helper
from grobunn.initiatives.services.reports import Told, report
from grobunn.initiatives.tests.conftest import Town, town  # noqa: F401 -- a fixture
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel import clock
from tests.browser.conftest import DESKTOP, PHONE

PAGES = (
    "",
    "oppgaver/",
    "milepaler/",
    "risikoer/",
    "filer/",
    "logg/",
    "hjelpere/",
    "rapport/",
    "rapporter/",
    "historie/",
    "milepaler/{milestone}/flytt/",
    "oppgaver/{task}/endre/",
)
TOLD = Told(
    done="Sensorene er bestilt.",
    next="Montere i de ti første rommene.",
    in_the_way="Vi mangler en elektriker i uke 49.",
    signal="watch",
    status="Vi er en uke etter, men leveransen er sikret.",
)


@pytest.fixture
def initiative(town: Town) -> Initiative:  # noqa: F811 -- the fixture
    """An initiative with something of everything."""
    leader = town.leader
    idea = make_idea(town.municipality, text="Sensorer i senger på natt, så vi slipper å vekke folk.")
    made = make_initiative(town.ward, owner=leader, by=town.adviser, ideas=(idea,))
    tasks.add_task(made, title="Bestill ti sensorer", assignee=town.nurse, actor=leader)
    tasks.add_task(made, title="Avtal nattestøtte", due_on=clock.today() - timedelta(days=3), actor=leader)
    add_helper(made, user=town.nurse, kind="it", actor=leader)
    worries = {"text": "Nettet faller ut om natta", "likelihood": 2, "gravity": 3, "measure": "Lokal alarm"}
    parts.add(Risk, made, actor=leader, fields=worries)
    milestone = Milestone.objects.get(initiative=made)
    later = milestone.due_on + timedelta(days=30)
    milestones.move(milestone, to=later, reason="Leverandøren er sein.", actor=leader)
    report(made, told=TOLD, actor=leader)
    parts.add(Entry, made, actor=leader, fields={"text": "Besøk hos Frøya, som delte sjekklista si."})
    attach(made, title="Avtale", text="Vi leier i ett år.", actor=leader)
    return made


def test_initiative_is_worked_with_by_keyboard_and_every_page_of_it_is_for_all(
    town: Town,  # noqa: F811 -- the fixture
    initiative: Initiative,
    new_context: Callable[..., BrowserContext],
    live_server: Any,
    accessible: Callable[[Page], None],
) -> None:
    context = new_context(viewport=DESKTOP)
    _sign_in(context, town.leader, live_server.url)
    page = context.new_page()
    home = f"/{town.municipality.slug}/initiativ/{initiative.reference}/"

    page.goto(home)
    page.get_by_role("button", name="Gjort: Bestill ti sensorer").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Angre").wait_for()
    assert Task.objects.filter(title="Bestill ti sensorer", done_at__isnull=False).exists()

    page.get_by_role("button", name="Angre").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Gjort: Bestill ti sensorer")).to_be_visible()

    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    ids = {"milestone": Milestone.objects.get().pk, "task": Task.objects.earliest("made_at").pk}
    for below in PAGES:
        page.goto(f"{home}{below.format(**ids)}")
        accessible(page)
    page.goto(f"/{town.municipality.slug}/initiativ/")
    accessible(page)


def _sign_in(context: BrowserContext, user: User, url: str) -> None:
    client = Client()
    client.force_login(user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])
