"""A case taken into use wakes the ideas that were parked until then."""

from datetime import timedelta

from grobunn.cases.models import Case
from grobunn.cases.states import AdoptionState
from grobunn.cases.tests.conftest import Neighbour, Town
from grobunn.cases.tests.factories import make_adoption
from grobunn.ideas.services.answer import park
from grobunn.ideas.states import IdeaState
from grobunn.ideas.tests.factories import make_idea
from grobunn.ideas.waking import WaitsFor
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs


def test_case_in_use_somewhere_wakes_the_idea_that_waited_for_it(case: Case, town: Town, neighbour: Neighbour) -> None:
    idea = make_idea(town.municipality, unit=town.ward)
    until = clock.today() + timedelta(days=90)
    waits = {"waits_for": WaitsFor.ADOPTION, "waits_subject": f"/eksempler/{case.slug}/"}
    park(idea, actor=town.adviser, until=until, reason="Vi venter på andre.", **waits)

    make_adoption(case, neighbour.municipality, actor=neighbour.adviser, state=AdoptionState.IN_USE)
    run_jobs()

    idea.refresh_from_db()
    assert idea.state == IdeaState.RECEIVED
