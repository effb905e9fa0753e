"""The pages of a phase and its gate: what they say, and to whom."""

import pytest
from django.test import Client

from grobunn.accounts.models import User
from grobunn.initiatives.models import Attachment, Initiative
from grobunn.initiatives.services.gates import pass_gate
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel.models import StateChange
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory


@pytest.fixture
def initiative(town: Town) -> Initiative:
    """In the concept phase of Prosjektveiviseren, which ends in a gate of the leaders above."""
    return make_initiative(town.ward, owner=town.leader, by=town.adviser, method="prosjektveiviseren", phase="konsept")


def _client(user: User) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    return client


def _url(initiative: Initiative, rest: str = "") -> str:
    return f"/{initiative.municipality.slug}/initiativ/{initiative.reference}/fase/{rest}"


def _hand_in(initiative: Initiative) -> None:
    Attachment.objects.create(
        municipality=initiative.municipality, initiative=initiative, hand_in="prosjektforslag", title="x", text="Slik."
    )


def _edges(initiative: Initiative) -> list[str]:
    return list(StateChange.objects.filter(subject_id=initiative.pk).order_by("id").values_list("edge", flat=True))


def test_phase_page_says_what_is_missing_and_who_decides(town: Town, initiative: Initiative) -> None:
    page = _client(town.leader).get(_url(initiative)).content.decode()

    assert "Phase 2 of 6: Concept" in page
    assert "BP2: Shall this become a project?" in page
    assert "A leader above the owner decides." in page
    assert town.director.name in page
    assert page.count("needs__item--missing") == 1
    assert page.count("needs__item--met") == 1
    assert "be-om-avgjorelse" not in page


def test_initiative_page_shows_its_phase(town: Town, initiative: Initiative) -> None:
    page = _client(town.nurse).get(_url(initiative)[: -len("fase/")]).content.decode()

    assert "Phase 2 of 6: Concept" in page
    assert "1 thing is missing" in page


@pytest.mark.parametrize("rest", ["", "avgjor/", "be-om-avgjorelse/", "bytt/", "metode/"])
def test_other_municipality_finds_none_of_the_pages(town: Town, initiative: Initiative, rest: str) -> None:
    unit = UnitFactory(municipality=MunicipalityFactory(is_in_use=True))
    RoleAssignmentFactory(municipality=unit.municipality, unit=unit, user=town.outsider, role=Role.DIRECTOR)

    assert _client(town.outsider).get(_url(initiative, rest)).status_code == 404


@pytest.mark.parametrize("rest", ["avgjor/", "be-om-avgjorelse/", "bytt/", "metode/"])
def test_nurse_who_does_not_help_changes_nothing(town: Town, initiative: Initiative, rest: str) -> None:
    sent = {"decision": "send_back", "reason": "Nei.", "phase": "ide", "method": "veikart"}

    assert _client(town.nurse).post(_url(initiative, rest), sent).status_code == 403
    assert _edges(initiative) == ["create"]


def test_hand_in_leads_to_the_files_and_counts_for_the_gate(town: Town, initiative: Initiative) -> None:
    client = _client(town.leader)
    before = client.get(_url(initiative)).content.decode()
    _hand_in(initiative)
    after = client.get(_url(initiative)).content.decode()

    assert "/filer/?levering=prosjektforslag&amp;fra_siden=fasen" in before
    assert "needs__item--missing" not in after
    assert "be-om-avgjorelse" in after


def test_decision_says_first_that_it_is_final_and_moves_on(town: Town, initiative: Initiative) -> None:
    _hand_in(initiative)
    client = _client(town.director)

    page = client.get(_url(initiative, "avgjor/")).content.decode()
    sent = {"decision": "pass_gate", "reason": "Gevinsten er tydelig.", "version": initiative.version}
    answered = client.post(_url(initiative, "avgjor/"), sent)
    again = client.post(_url(initiative, "avgjor/"), sent)

    initiative.refresh_from_db()
    assert "A decision is final" in page
    assert (answered.status_code, again.status_code) == (302, 422)
    assert "just before you" in again.content.decode()
    assert (initiative.phase, _edges(initiative)) == ("planlegge", ["create", "pass_gate"])


def test_gate_that_lacks_something_can_only_be_answered_not_yet(town: Town, initiative: Initiative) -> None:
    client = _client(town.director)

    page = client.get(_url(initiative, "avgjor/")).content.decode()
    refused = client.post(_url(initiative, "avgjor/"), {"decision": "pass_gate", "reason": "Bra nok."})
    client.post(_url(initiative, "avgjor/"), {"decision": "send_back", "reason": "Forslaget mangler."})

    assert 'value="send_back"' in page
    assert 'value="pass_gate"' not in page
    assert refused.status_code == 422
    assert _edges(initiative) == ["create", "send_back"]


def test_owner_asks_and_does_not_decide_a_gate_of_the_leaders(town: Town, initiative: Initiative) -> None:
    _hand_in(initiative)
    client = _client(town.leader)

    away = client.get(_url(initiative, "avgjor/"))
    refused = client.post(_url(initiative, "avgjor/"), {"decision": "send_back", "reason": "Nei."})
    client.post(_url(initiative, "be-om-avgjorelse/"), {"reason": "Nå er alt her.", "version": initiative.version})

    assert away.headers["Location"] == _url(initiative)
    assert refused.status_code == 403
    assert _edges(initiative) == ["create", "ask_decision"]
    assert "The decision was asked for" in client.get(_url(initiative)).content.decode()


def test_phases_beyond_a_gate_are_not_offered(town: Town, initiative: Initiative) -> None:
    client = _client(town.leader)

    page = client.get(_url(initiative, "bytt/")).content.decode()
    refused = client.post(_url(initiative, "bytt/"), {"phase": "gjennomfore"})
    client.post(_url(initiative, "bytt/"), {"phase": "ide", "reason": "Vi spør flere."})

    assert 'value="ide"' in page
    assert 'value="planlegge"' not in page
    assert refused.status_code == 422
    initiative.refresh_from_db()
    assert (initiative.phase, initiative.stage) == ("ide", "idea")


def test_another_method_says_where_the_work_will_be(town: Town, initiative: Initiative) -> None:
    _hand_in(initiative)
    pass_gate(initiative, actor=town.director, reason="Vi går videre.")
    client = _client(town.leader)

    page = client.get(_url(initiative, "metode/")).content.decode()
    client.post(_url(initiative, "metode/"), {"method": "veikart", "reason": "Passer oss bedre."})

    initiative.refresh_from_db()
    assert "the work will be in “Development, trial and evaluation”" in page
    assert 'value="prosjektveiviseren"' not in page
    assert (initiative.method, initiative.phase, initiative.stage) == ("veikart", "utvikling", "pilot")
    assert _edges(initiative) == ["create", "pass_gate", "switch_method"]


def test_hand_in_from_the_phase_leads_back_to_it(town: Town, initiative: Initiative) -> None:
    reader = _client(town.leader)
    files = f"{_url(initiative)[: -len('fase/')]}filer/?levering=prosjektforslag&fra_siden=fasen"
    form = reader.get(files)

    sent = {"hand_in": "prosjektforslag", "text": "Vi foreslår ti senger.", "key": form.context["form"]["key"].value()}
    done = reader.post(files, {**sent, "fra_siden": "fasen"})

    assert '<input type="hidden" name="fra_siden" value="fasen">' in form.content.decode()
    assert done["Location"] == f"{_url(initiative)}#hand-ins-heading"
    assert Attachment.objects.get().hand_in == "prosjektforslag"
