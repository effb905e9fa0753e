"""What was thought of a gathering, and the proof of completion: answered on a phone without a mouse, read by axe."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django_scopes import scope
from playwright.sync_api import BrowserContext, Page, expect

from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory, adviser_of
from grobunn.programmes.models import Cohort, Diploma, EvaluationAnswer, Gathering
from grobunn.programmes.services.programmes import make_cohort, make_programme
from grobunn.programmes.tests.factories import add_days, make_participant, make_run, was_there
from tests.browser.conftest import PHONE
from tests.browser.test_declaring import _signed_in

RUN = "/trondheim/programmer/ledelsesskolen/kull-1/"


def _answers(gathering: Gathering) -> None:
    """Fourteen have answered: ten are shown, and the rest wait."""
    EvaluationAnswer.objects.bulk_create(
        EvaluationAnswer(
            municipality=gathering.municipality,
            gathering=gathering,
            useful=1 + number % 5,
            learned=4,
            well_run=5,
            best=f"Øvelsene i gruppe {number}" if number % 3 else "",
            better="Mer tid til å snakke sammen etter øvelsene, og mindre lysbilder før lunsj." if number % 4 else "",
            is_shown=number < 10,
        )
        for number in range(14)
    )


def _following(cohort: Cohort, *, by: Any) -> None:
    following = make_programme(cohort.municipality, name="Videre", follows=cohort.programme, actor=by)
    made = make_cohort(following, name="Høst", actor=by, takes_alumni=True)
    Cohort.objects.filter(pk=made.pk).update(state="open")


def test_somebody_evaluates_by_keyboard_and_fetches_a_diploma_that_can_be_checked(
    new_context: Callable[..., BrowserContext], live_server: Any, accessible: Callable[[Page], None]
) -> None:
    municipality = MunicipalityFactory(slug="trondheim", name="Trondheim")
    with scope(municipality=municipality.pk):
        adviser = adviser_of(municipality)
        unit = UnitFactory(municipality=municipality, name="Hjemmetjenesten øst")
        leader = RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER).user
        cohort = make_run(municipality, by=adviser)
        gathering = add_days(cohort, "Innovasjon", in_days=-2, by=adviser)
        place = make_participant(cohort, by=adviser, user=leader, unit=unit)
        was_there(place, gathering, by=adviser)
        _answers(gathering)
        _following(cohort, by=adviser)
        diploma = Diploma.objects.get()

    page = _signed_in(new_context, live_server, leader, viewport=PHONE, has_touch=True)
    page.goto(f"{RUN}min-plass/")
    accessible(page)
    _keep(page, "min-plass")
    page.get_by_role("link", name="Evaluer Innovasjon").click()
    accessible(page)
    _keep(page, "skjema")
    for question in ("useful", "learned", "well_run"):
        page.locator(f"#id_{question}_0").focus()
        page.keyboard.press("Space")
        for _step in range(3):
            page.keyboard.press("ArrowRight")
        expect(page.locator(f"#id_{question}_3")).to_be_checked()
    page.get_by_label("Hva var best?").fill("Å prøve selv")
    page.get_by_role("button", name="Send uten navn").press("Enter")
    expect(page.get_by_text("Du har svart. Takk!")).to_be_visible()
    accessible(page)
    with scope(municipality=municipality.pk):
        kept = EvaluationAnswer.objects.get(best="Å prøve selv")
        assert (kept.useful, kept.learned, kept.well_run) == (4, 4, 4)

    anybody = new_context(viewport=PHONE).new_page()
    anybody.goto("/trondheim/programmer/kursbevis/")
    anybody.get_by_label("Nummer på kursbeviset").fill(f"{diploma.number[:5].lower()} {diploma.number[5:]}")
    anybody.keyboard.press("Enter")
    expect(anybody.get_by_role("heading", name="Kursbeviset gjelder")).to_be_visible()
    accessible(anybody)
    _keep(anybody, "kontroll")

    run = _signed_in(new_context, live_server, adviser, viewport=PHONE, has_touch=True)
    for name, path in (
        ("resultat", f"{RUN}samlinger/innovasjon/evaluering/"),
        ("evalueringer", f"{RUN}evaluering/"),
        ("samlet", "/trondheim/programmer/ledelsesskolen/evalueringer/"),
        ("alumni", "/trondheim/programmer/ledelsesskolen/fullforte/"),
        ("gjennomforing", f"{RUN}gjennomforing/"),
        ("inviter", f"/trondheim/programmer/videre/host/deltakere/inviter/fullforte/?programme={cohort.programme_id}"),
    ):
        run.goto(path)
        accessible(run)
        _keep(run, name)


def _keep(page: Page, name: str) -> None:
    """Keep pictures of a page on a phone, on a desktop, in the dark and on paper, where they are asked for."""
    where = os.environ.get("EVALUATION_SHOTS")
    if not where:
        return
    page.screenshot(path=str(Path(where) / f"{name}-phone.png"), full_page=True)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.screenshot(path=str(Path(where) / f"{name}-desktop.png"), full_page=True)
    page.emulate_media(color_scheme="dark")
    page.screenshot(path=str(Path(where) / f"{name}-dark.png"), full_page=True)
    page.emulate_media(color_scheme="light", media="print")
    page.screenshot(path=str(Path(where) / f"{name}-print.png"), full_page=True)
    page.emulate_media(media="screen")
    page.set_viewport_size(PHONE)
