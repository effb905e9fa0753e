"""A pitch day as it stands when the first team goes on stage: a whole panel, one of whom leads the first team."""

from dataclasses import dataclass
from datetime import time, timedelta

from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.capacity.models import Source
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.room import Line
from grobunn.ideas.tests.factories import make_idea
from grobunn.initiatives.tests.factories import make_source
from grobunn.juries.grounds import FoundBy
from grobunn.juries.models import Conflict, Entry, Member, Panel
from grobunn.juries.services.assessing import assess
from grobunn.juries.services.composing import add_member
from grobunn.juries.services.steps import step
from grobunn.juries.states import PanelPart
from grobunn.juries.tests.factories import declare_all
from grobunn.kernel import clock
from grobunn.organisations.models import Municipality, Role, Unit
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory, adviser_of
from grobunn.pitching.models import PitchDay, Slot
from grobunn.pitching.queries.days import slots_of
from grobunn.pitching.services.days import make_day
from grobunn.pitching.services.proposing import save_proposal
from grobunn.programmes.models import Cohort
from grobunn.programmes.services.teams import make_team
from grobunn.programmes.tests.factories import make_participant, make_run

TEAMS = 7
PLACES = 5
# Two directors, the first of them in the chair, three heads of sector, two experts: scenario 8.
PANEL = (Role.DIRECTOR, Role.DIRECTOR, Role.SECTOR_HEAD, Role.SECTOR_HEAD, Role.SECTOR_HEAD, None, None)
CHAIR, LEADS_A_TEAM = 0, 2


@dataclass(frozen=True)
class Pitched:
    """What is there. Takes: adviser, the secretary, who leads the day; members, in the order of PANEL."""

    municipality: Municipality
    day: PitchDay
    panel: Panel
    slots: list[Slot]
    entries: list[Entry]
    adviser: User
    members: list[Member]
    source: Source


def pitched(*, teams: int = TEAMS) -> Pitched:
    """A day that is planned, with its panel scoring: every team asks for one of five places."""
    municipality = MunicipalityFactory(slug="trondheim", name="Trondheim", default_language="nb")
    with scope(municipality=municipality.pk):
        office = UnitFactory(municipality=municipality, name="Helse", leader_level=1)
        ward = UnitFactory(municipality=municipality, name="Heimevern", parent=office, leader_level=2)
        adviser = adviser_of(municipality)
        owner = RoleAssignmentFactory(municipality=municipality, unit=ward, role=Role.UNIT_LEADER).user
        people = [_judge(municipality, role, office if number == CHAIR else None) for number, role in enumerate(PANEL)]
        source = make_source(ward, by=owner, amount=PLACES, name="Plasser")
        day = make_day(
            _cohort(municipality, ward, people[LEADS_A_TEAM], teams=teams, by=adviser),
            name="Pitchdagen",
            actor=adviser,
            on=clock.today(),
            starts=time(9),
        )
        for slot in slots_of(day):
            _propose(slot, source, owner, ward, by=adviser)
        panel, members = _seated(day, people, adviser)
        slots = slots_of(PitchDay.objects.select_related("municipality", "panel").get(pk=day.pk))
        entries = [Entry.objects.get(pk=slot.entry_id) for slot in slots]
    return Pitched(municipality, day, panel, slots, entries, adviser, members, source)


def _judge(municipality: Municipality, role: Role | None, unit: Unit | None) -> User:
    if role is None:
        return UserFactory()
    here = unit or UnitFactory(municipality=municipality)
    return RoleAssignmentFactory(municipality=municipality, unit=here, role=role).user


def _cohort(municipality: Municipality, ward: Unit, leader: User, *, teams: int, by: User) -> Cohort:
    cohort = make_run(municipality, by=by)
    for number in range(1, teams + 1):
        idea = make_idea(
            municipality,
            unit=ward,
            title=f"Idé {number}",
            text=f"Idé nummer {number}.",
            contact="email",
            email=f"skriver{number}@hjemme.example",
        )
        lead = make_participant(cohort, by=by, user=leader if number == 1 else UserFactory())
        make_team(cohort, name=f"Lag {number}", idea=idea, members=[lead], actor=by)
    return cohort


def _propose(slot: Slot, source: Source, owner: User, ward: Unit, *, by: User) -> None:
    save_proposal(
        slot,
        actor=by,
        version=None,
        lines=[Line(source=source, quarter=Quarter.now(), amount=1)],
        title=f"Tiltak {slot.position}",
        hypothesis="Flere kan vente sittende.",
        unit=ward,
        owner=owner,
        owner_role=Role.UNIT_LEADER,
        owner_unit=ward,
        milestone="Benken står der",
        milestone_due_on=clock.today() + timedelta(days=30),
        method="veikart",
    )


def _seated(day: PitchDay, people: list[User], adviser: User) -> tuple[Panel, list[Member]]:
    """Everybody has declared; what was found is assessed: that one leads a team is confirmed, all else dismissed."""
    panel = day.panel
    assert panel is not None
    add_member(panel, adviser, part=PanelPart.SECRETARY, actor=adviser)
    members = [
        add_member(panel, user, part=PanelPart.CHAIR if number == CHAIR else PanelPart.MEMBER, actor=adviser)
        for number, user in enumerate(people)
    ]
    step(panel, "open_declarations", actor=adviser)
    declare_all(*members, Member.objects.get(panel=panel, user=adviser))
    found = Conflict.objects.filter(entry__panel=panel).select_related("member__panel", "entry")
    # Of the chair another member decides, and before the chair decides of the rest.
    for conflict in sorted(found, key=lambda each: each.member_id != members[CHAIR].pk):
        is_own = conflict.found_by == FoundBy.TEAM
        said = "Leder laget." if is_own else "Ikke nær nok til å bety noe."
        decides = people[1] if conflict.member_id == members[CHAIR].pk else people[CHAIR]
        assess(conflict, is_confirmed=is_own, reason=said, taken_by=[], actor=decides)
    step(panel, "open_scoring", actor=adviser)
    return panel, members
