"""What did not work is finished, applauded and told on: scenario 12 of the domain."""

from datetime import UTC, datetime, timedelta

import pytest
from django_scopes import scopes_disabled

from grobunn.capacity.models import Reservation
from grobunn.cases.models import Case
from grobunn.cases.states import CaseState
from grobunn.ideas.models import Idea
from grobunn.ideas.tests.conftest import Town
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.states import FINISHED
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.organisations.models import Municipality
from tests.journeys.conftest import Come, idea_in, places_in, start_work

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TRIED = "Vi prøvde sensormatter i ti senger i tre måneder."
LEARNED = "Det ga ikke effekt: nettet nådde ikke den gamle fløyen."


@pytest.fixture
def idea(town: Town) -> Idea:
    Municipality.objects.filter(pk=town.municipality.pk).update(mailbox="postmottak@storvik.example")
    return idea_in(town, unit=town.ward, title="Sensorer i senger", text="Vi vekker folk når vi går nattrunder.")


def _started(town: Town, come: Come, idea: Idea) -> Initiative:
    start_work(come(town.adviser), idea, places_in(town, amount=1))
    run_jobs()
    with scopes_disabled():
        return Initiative.objects.select_related("owner").get()


def _only_case() -> Case:
    with scopes_disabled():
        return Case.objects.select_related("municipality", "initiative").get()


def test_stopped_without_effect_is_completed_and_told_as_learning(town: Town, come: Come, idea: Idea) -> None:
    with clock.moved_to(MONDAY):
        initiative = _started(town, come, idea)
        page = f"/storvik/initiativ/{initiative.reference}/"
        assert initiative.owner is not None
        ending = come(initiative.owner).open(page).follow("Avslutt, og fortell hva vi lærte")

        # It says first that it is final.
        assert "Det avsluttes for godt" in ending.text
        done = ending.press("Avslutt, og fortell hva vi lærte", tried=TRIED, learned=LEARNED)
        run_jobs()

    assert "Det fortjener applaus!" in done.text
    assert LEARNED in done.text
    with scopes_disabled():
        finished = Initiative.objects.filter(state__in=FINISHED)
        assert [each.reference for each in finished] == [initiative.reference]
        assert not Reservation.objects.filter(claim_id=initiative.pk).exists()

    with clock.moved_to(MONDAY + timedelta(days=1)):
        owner = come(initiative.owner).open("/mitt-arbeid/").follow("Fortell det videre")
        owner.press("Begynn å skrive")
        case = _only_case()
        desk = f"/storvik/eksempler/{case.slug}/skriv/"
        come(initiative.owner).open(desk).follow("Send til redaktøren").press("Send til redaktøren")
        run_jobs()
        come(town.adviser).open(desk).follow("Publiser").press("Publiser")
        run_jobs()

    case = _only_case()
    assert (case.state, case.kind, case.stage) == (CaseState.PUBLISHED, "learning", "closed_learned")
    assert (case.initiative_id, case.idea_id) == (initiative.pk, idea.pk)
    assert (case.need, TRIED in case.lessons, LEARNED in case.lessons) == (idea.text, True, True)
    shown = come(town.nurse).open(page)
    assert case.title in shown.links
    assert "Fortell det videre" not in come(initiative.owner).open("/mitt-arbeid/").text
