"""Scenarios 7 and 16 in browsers: a school that shows who lacks what, and a juror whose employer is a partner."""

from datetime import timedelta
from typing import Any

from django.db.models import F
from django_scopes import scope
from playwright.sync_api import Page, expect

from grobunn.juries.grounds import Standing
from grobunn.juries.models import Conflict, Entry, Member, Panel, PartyKind, StandIn
from grobunn.juries.queries.standing import standing_of
from grobunn.juries.services.composing import EntryGiven, PartyGiven, add_member, hand_in
from grobunn.juries.services.steps import step
from grobunn.juries.states import PanelPart
from grobunn.juries.tests.factories import declare_all, make_jury
from grobunn.kernel import clock, ids
from grobunn.organisations.models import Municipality, Role
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory, adviser_of
from grobunn.programmes.models import Cohort, Day, Enrolment, Gathering
from grobunn.programmes.services.attending import MarkGiven, record_marks
from grobunn.programmes.tests.factories import add_days
from tests.browser.conftest import PHONE
from tests.browser.phones import NewContext, press, sign_in

LEADERS = 6


def _town() -> Municipality:
    return MunicipalityFactory(slug="trondheim", name="Trondheim", default_language="nb")


def _all_but_one_were_there(cohort: Cohort, missed: Gathering, by: Any) -> Enrolment:
    """Everybody attends every day, but the last on the list misses one gathering."""
    places = list(Enrolment.objects.filter(cohort=cohort).order_by("email"))
    marks = [
        MarkGiven(
            id=ids.new_id(),
            day_id=day.pk,
            enrolment_id=place.pk,
            is_present=day.gathering_id != missed.pk or place != places[-1],
            made_at=clock.now(),
        )
        for day in Day.objects.filter(gathering__cohort=cohort)
        for place in places
    ]
    record_marks(cohort, marks, sent_at=clock.now(), actor=by)
    return places[-1]


def test_leader_who_missed_the_third_gathering_is_told_what_remains(new_context: NewContext, live_server: Any) -> None:
    municipality = _town()
    with scope(municipality=municipality.pk):
        adviser = adviser_of(municipality)
        unit = UnitFactory(municipality=municipality, name="Enhet for tester", leader_level=3)
        kari = RoleAssignmentFactory(municipality=municipality, unit=unit, role=Role.UNIT_LEADER).user
    page = sign_in(new_context(), adviser, live_server.url)
    page.goto("/trondheim/programmer/ny/")
    press(page, "Lag programmet", name="Ledelsesskolen")
    page.goto("/trondheim/programmer/ledelsesskolen/ny/")
    press(page, "Lag kullet", name="Kull 1")
    run = "/trondheim/programmer/ledelsesskolen/kull-1/"
    page.goto(f"{run}ny-samling/")
    page.get_by_label("innovasjon").check()
    first_on = clock.today().replace(year=clock.today().year + 1).isoformat()
    press(
        page, "Legg til samlingen", title="Innovasjon", first_on=first_on, day_count="2", starts="09:00", ends="15:30"
    )
    with scope(municipality=municipality.pk):
        cohort = Cohort.objects.get()
        for number in range(1, 5):
            add_days(cohort, f"Samling {number}", in_days=14 * number, by=adviser)
    page.goto(f"{run}steg/open/")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    _enrol(page, run, kari)

    with scope(municipality=municipality.pk):
        assert Day.objects.count() == 10
        assert Gathering.objects.get(is_about_innovation=True).title == "Innovasjon"
        assert Enrolment.objects.filter(state="enrolled").count() == LEADERS
        missed = Gathering.objects.get(title="Samling 3")
        Day.objects.update(on=F("on") - timedelta(days=500))
        lacking = _all_but_one_were_there(cohort, missed, adviser)
    page.goto(f"{run}gjennomforing/?vis=mangler")
    expect(page.get_by_role("row", name=lacking.name)).to_contain_text("Mangler Samling 3")
    expect(page.locator("tbody tr")).to_have_count(1)


def _enrol(page: Page, run: str, kari: Any) -> None:
    """A file is tried first, then taken in."""
    rows = [f"leder{number}@test.example;Leder {number};Enhet for tester\n" for number in range(LEADERS - 1)]
    content = "e-post;navn;enhet\n" + "".join(rows) + f"{kari.email};{kari.name};Enhet for tester\n"
    page.goto(f"{run}deltakere/inviter/")
    form = page.locator("form", has=page.locator("input[type=file]"))
    form.locator("input[type=file]").set_input_files(
        {"name": "ledere.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )
    form.locator("input[name=takes_in]").check()
    press(page, "Se gjennom filen")
    expect(page.locator("main")).to_contain_text(str(LEADERS))
    press(page, "Hent inn alt")


def _jury(municipality: Municipality) -> tuple[Panel, Entry, dict[str, Any]]:
    """A juror of SINTEF who leads somebody on the panel, and an entry with SINTEF as partner."""
    with scope(municipality=municipality.pk):
        adviser = adviser_of(municipality)
        panel, members, _entries = make_jury(municipality, by=adviser, members=2, entries=1)
        unit = UnitFactory(municipality=municipality)
        juror = RoleAssignmentFactory(municipality=municipality, unit=unit, role=Role.UNIT_LEADER).user
        below = RoleAssignmentFactory(municipality=municipality, unit=unit).user
        add_member(panel, juror, employer="SINTEF AS", actor=adviser)
        substitute = add_member(panel, below, part=PanelPart.SUBSTITUTE, actor=adviser)
        partner = PartyGiven(PartyKind.PARTNER, name="Sintef")
        (entry,) = hand_in(panel, [EntryGiven("Sensorer", text="Hemmelig.", parties=[partner])], actor=adviser)
        step(panel, "open_declarations", actor=adviser)
        declare_all(*members, substitute)
    return panel, entry, {"adviser": adviser, "chair": members[0].user, "juror": juror, "below": substitute}


def test_juror_whose_employer_is_a_partner_is_shut_out_until_the_leader_decides(
    new_context: NewContext, live_server: Any
) -> None:
    municipality = _town()
    panel, entry, people = _jury(municipality)
    at = f"/trondheim/paneler/{panel.reference}/"
    juror = sign_in(new_context(viewport=PHONE, has_touch=True), people["juror"], live_server.url)
    chair = sign_in(new_context(), people["chair"], live_server.url)
    adviser = sign_in(new_context(), people["adviser"], live_server.url)

    juror.goto(f"{at}habilitet/")
    press(juror, "Ingen tilknytning for resten, og lagre")
    refused = juror.goto(f"{at}bidrag/{entry.pk}/")
    chair.goto(f"{at}habilitet/vurdering/")
    chair.get_by_label("Bekreft:").first.check()
    chair.get_by_label("Hvorfor?").first.fill("Arbeidsgiveren er partner.")
    press(chair, "Skriv ned avgjørelsen")
    adviser.goto(f"{at}habilitet/vurdering/")
    offered = adviser.locator(f"select[name=substitute] option[value='{people['below'].pk}']").count()
    for field in adviser.locator("select[name=substitute]").all()[:offered]:
        field.select_option(str(people["below"].pk))
        with adviser.expect_navigation():
            field.locator("xpath=ancestor::form").get_by_role("button").first.click()

    assert refused is not None
    assert refused.status == 403
    assert "Hemmelig" not in juror.content()
    after = juror.goto(f"{at}bidrag/{entry.pk}/")
    assert after is not None
    assert after.status == 403
    with scope(municipality=municipality.pk):
        conflict = Conflict.objects.get(member__user=people["juror"])
        assert (conflict.state, conflict.reason) == ("confirmed", "Arbeidsgiveren er partner.")
        assert standing_of(Member.objects.get(user=people["juror"]), entry) == Standing.DISQUALIFIED
        assert not StandIn.objects.exists()
