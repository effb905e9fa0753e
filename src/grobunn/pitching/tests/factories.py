"""Pitch days for tests: made by the services themselves."""

from datetime import time
from typing import Any

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.ideas.models import Idea
from grobunn.juries.models import Member
from grobunn.juries.services.composing import add_member
from grobunn.juries.states import PanelPart
from grobunn.kernel import clock
from grobunn.organisations.models import Municipality
from grobunn.pitching.models import PitchDay, Slot
from grobunn.pitching.queries.days import slots_of
from grobunn.pitching.services.days import make_day
from grobunn.pitching.services.running import step_day
from grobunn.programmes.models import Cohort, Team, TeamMember
from grobunn.programmes.tests.factories import make_participant, make_run


def make_team(cohort: Cohort, name: str, *, by: User, idea: Idea | None = None, members: int = 1) -> Team:
    """A team of a cohort, with members who lead it, and the idea that it works on."""
    team = Team.objects.create(
        municipality=cohort.municipality,
        cohort=cohort,
        name=name,
        slug=name.lower().replace(" ", "-"),
        idea=idea,
        method="veikart",
        phase="for-du-starter",
    )
    for number in range(members):
        enrolment = make_participant(cohort, by=by, user=UserFactory())
        TeamMember.objects.create(municipality=cohort.municipality, team=team, enrolment=enrolment, is_lead=number == 0)
    return team


def make_pitch_day(
    municipality: Municipality, *, by: User, teams: int = 3, ideas: tuple[Idea, ...] = (), **fields: Any
) -> tuple[PitchDay, list[Slot]]:
    """A day that is planned, with teams «Lag 1» and on, each with the idea of its number where there is one."""
    cohort = fields.pop("cohort", None) or make_run(municipality, by=by)
    for number in range(teams):
        make_team(cohort, f"Lag {number + 1}", by=by, idea=ideas[number] if number < len(ideas) else None)
    day = make_day(cohort, name="Pitchdagen", actor=by, on=clock.today(), starts=time(9), **fields)
    return day, slots_of(day)


def begun(day: PitchDay, *, by: User) -> PitchDay:
    """The same day under way."""
    step_day(day, "begin", actor=by)
    return day


def seat(day: PitchDay, user: User, *, by: User, part: str = PanelPart.MEMBER) -> Member:
    """Somebody on the panel of a day."""
    assert day.panel is not None
    return add_member(day.panel, user, part=part, actor=by)
