"""From an accepted idea through a gate, and over to another method: scenario 10 of the domain."""

from datetime import UTC, datetime

import pytest
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.ideas.tests.conftest import Town
from grobunn.initiatives import requirements
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.requirements import Requirement
from grobunn.initiatives.services.owners import change_owner
from grobunn.kernel import clock, ids
from grobunn.kernel.models import StateChange
from grobunn.kernel.testing import run_jobs
from grobunn.organisations.models import Role
from tests.journeys.conftest import Come, idea_in, places_in, start_work

DECIDE = "Skriv beslutningen i loggen"
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def initiative(town: Town, come: Come) -> Initiative:
    """Begun from an idea, by Prosjektveiviseren, and come through its first gate to its concept."""
    idea = idea_in(town, unit=town.ward, title="Sensorer i senger", text="Vi vekker folk når vi går nattrunder.")
    with clock.moved_to(MONDAY):
        start_work(come(town.adviser), idea, places_in(town), method="prosjektveiviseren")
        run_jobs()
        with scopes_disabled():
            made = Initiative.objects.get()
        leader = come(town.leader)
        page = f"/storvik/initiativ/{made.reference}/"
        mandate = {
            "hand_in": "prosjektmandat",
            "text": "Finn ut om nattrundene kan bli færre.",
            "key": str(ids.new_id()),
        }
        assert leader.client.post(f"{page}filer/", mandate).status_code == 302
        passed = (
            come(town.director)
            .open(f"{page}fase/avgjor/")
            .press(DECIDE, decision="pass_gate", reason="Mandatet er klart.")
        )
        assert "Fase 2 av 6: Konsept" in passed.text
    return _with_owner(made)


def _now(initiative: Initiative) -> Initiative:
    with scopes_disabled():
        return Initiative.objects.get(pk=initiative.pk)


def _steps(initiative: Initiative) -> list[str]:
    with scopes_disabled():
        steps = StateChange.objects.filter(subject_id=initiative.pk).order_by("id")
        return list(steps.values_list("edge", flat=True))


def test_gate_needs_proposal_owner_and_benefit_and_another_method_keeps_stage_and_history(
    town: Town, come: Come, initiative: Initiative, monkeypatch: pytest.MonkeyPatch
) -> None:
    benefits: list[str] = []
    # A later feature keeps the benefits: it registers what the method asks for already.
    asked = Requirement("benefits", "minst én gevinst med eier", lambda _each: bool(benefits))
    monkeypatch.setitem(requirements._requirements, "benefits", asked)
    page = f"/storvik/initiativ/{initiative.reference}/fase/"

    def decides(who: User) -> int:
        sent = {"decision": "pass_gate", "reason": "Behovet er klart, og noen eier det."}
        status: int = come(who).client.post(f"{page}avgjor/", sent).status_code
        return status

    with clock.moved_to(MONDAY):
        # The owner has been asked and has not said yes, and nothing is handed in.
        with scopes_disabled():
            change_owner(initiative, to=town.director, role=Role.SECTOR_HEAD, unit=town.office, actor=town.director)
            change_owner(
                _with_owner(initiative), to=town.leader, role=Role.UNIT_LEADER, unit=town.ward, actor=town.director
            )
        missing = come(town.director).open(page).text
        assert "Prosjektforslag" in missing
        assert "minst én gevinst med eier" in missing.casefold()
        assert decides(town.director) == 422

        come(town.leader).open(f"/storvik/initiativ/{initiative.reference}/").follow("Svar").press("Ja, jeg tar over")
        text = "Vi foreslår sensorer i ti senger."
        sent = {"hand_in": "prosjektforslag", "text": text, "key": str(ids.new_id())}
        files = f"/storvik/initiativ/{initiative.reference}/filer/"
        assert come(town.leader).client.post(files, sent).status_code == 302
        assert decides(town.director) == 422
        benefits.append("Nattevaktene bruker en time mindre på tilsyn.")
        assert decides(town.leader) == 403
        assert decides(town.director) == 302

        passed = _now(initiative)
        assert (passed.phase, passed.stage) == ("planlegge", "pilot")
        before = _steps(initiative)
        switch = {"method": "veikart", "reason": "Vi vil arbeide tettere med brukerne."}
        assert come(town.leader).client.post(f"{page}metode/", switch).status_code == 302

    switched = _now(initiative)
    assert (switched.method, switched.stage) == ("veikart", "pilot")
    assert _steps(initiative) == [*before, "switch_method"]
    assert (
        "Behovet er klart, og noen eier det."
        in come(town.nurse).open(f"/storvik/initiativ/{initiative.reference}/").text
    )


def _with_owner(initiative: Initiative) -> Initiative:
    with scopes_disabled():
        return Initiative.objects.select_related("municipality", "owner", "owner_unit").get(pk=initiative.pk)
