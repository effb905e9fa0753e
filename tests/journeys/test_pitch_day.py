"""A pitch day from a cohort's teams to the minutes: scenarios 8 and 9. A leader of a team is barred from its own pitch,
and the sixth of five is refused before somebody says that there is more, or it waits for room."""

from datetime import time, timedelta

from django_scopes import scope, scopes_disabled

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.room import Line
from grobunn.ideas.models import Idea
from grobunn.ideas.states import IdeaState
from grobunn.ideas.tests.conftest import Town
from grobunn.initiatives.models import Initiative
from grobunn.juries.grounds import FoundBy
from grobunn.juries.models import Conflict, Member, Panel
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.services.composing import add_member
from grobunn.juries.states import PanelPart, PanelState
from grobunn.juries.tests.factories import declare_all
from grobunn.kernel import clock
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import RoleAssignmentFactory
from grobunn.pitching.models import PitchDay
from grobunn.pitching.queries.days import slots_of
from grobunn.pitching.services.days import make_day
from grobunn.pitching.services.proposing import save_proposal
from grobunn.pitching.services.running import step_day
from grobunn.programmes.models import Cohort
from grobunn.programmes.services.teams import make_team
from grobunn.programmes.tests.factories import make_participant, make_run
from tests.journeys.conftest import Come, idea_in, places_in

TEAMS = 7
PLACES = 5


def _cohort(town: Town, pitching_leader: User) -> Cohort:
    """A cohort with a team for each idea; the leader is on the first."""
    ideas = [idea_in(town, unit=town.ward, title=f"Pitch {number + 1}", writer=town.nurse) for number in range(TEAMS)]
    with scope(municipality=town.municipality.pk):
        cohort = make_run(town.municipality, by=town.adviser)
        for number, idea in enumerate(ideas):
            user = pitching_leader if number == 0 else UserFactory()
            person = make_participant(cohort, by=town.adviser, user=user)
            make_team(cohort, name=f"Lag {number + 1}", idea=idea, members=[person], actor=town.adviser)
    return cohort


def _day(town: Town, pitching_leader: User) -> PitchDay:
    """The day, its panel discussing, every team asking for one of five places."""
    source = places_in(town, amount=PLACES)
    cohort = _cohort(town, pitching_leader)
    with scope(municipality=town.municipality.pk):
        day = make_day(cohort, name="Pitchdag", actor=town.adviser, on=clock.today(), starts=time(9))
        for slot in slots_of(day):
            save_proposal(
                slot,
                actor=town.adviser,
                version=None,
                lines=[Line(source=source, quarter=Quarter.now(), amount=1)],
                title=f"Tiltak {slot.position}",
                hypothesis="Flere kan vente sittende.",
                unit=town.ward,
                owner=town.leader,
                owner_role=Role.UNIT_LEADER,
                owner_unit=town.ward,
                milestone="Benken står der",
                milestone_due_on=clock.today() + timedelta(days=30),
                method="veikart",
            )
        members = _seated(town, day, pitching_leader)
        declare_all(*members)
        assert day.panel is not None
        _assessed(day.panel, members[2])
        Panel.objects.filter(pk=day.panel_id).update(state=PanelState.DISCUSSING)
        step_day(day, "begin", actor=town.adviser)
    return day


def _seated(town: Town, day: PitchDay, pitching_leader: User) -> list[Member]:
    assert day.panel is not None
    parts = [
        (town.adviser, PanelPart.SECRETARY),
        (town.director, PanelPart.CHAIR),
        (pitching_leader, PanelPart.MEMBER),
    ]
    return [add_member(day.panel, user, part=part, actor=town.adviser) for user, part in parts]


def _assessed(panel: Panel, barred: Member) -> None:
    """What was found of the team's own leader is confirmed, all else dismissed."""
    found = Conflict.objects.filter(entry__panel=panel)
    said = {"decided_at": clock.now(), "reason": "Vurdert av panelet."}
    found.exclude(member=barred, found_by=FoundBy.TEAM).update(state=ConflictState.DISMISSED, **said)
    assert found.filter(member=barred, found_by=FoundBy.TEAM).update(state=ConflictState.CONFIRMED, **said) == 1


def _leader(town: Town) -> User:
    with scope(municipality=town.municipality.pk):
        leader = UserFactory(name="Leder på laget")
        RoleAssignmentFactory(municipality=town.municipality, unit=town.office, user=leader, role=Role.DIRECTOR)
    return leader


def test_day_is_led_watched_and_decided_until_the_minutes(town: Town, come: Come) -> None:
    leader = _leader(town)
    day = _day(town, leader)
    at = f"/storvik/pitchdag/{day.slug}"

    come(town.adviser).open(f"{at}/kjor/").press("På scenen – Lag 1")
    watching = come().open(f"{at}/folg/{day.watch_key}/")
    watching.press("Send spørsmålet", text="Hva koster det?")
    led = come(town.director).open(f"{at}/kjor/")

    assert "Lag 1" in watching.text
    assert "Hva koster det?" in led.text

    for number in range(1, PLACES + 1):
        come(town.adviser).open(f"{at}/lag/lag-{number}/avgjor/").press("Start nå", reasons="Ja, fordi det virker.")
    refused = come(town.adviser).open(f"{at}/lag/lag-6/avgjor/")
    assert "Det er ikke plass til det ennå" in refused.text
    assert "Start nå" not in refused.buttons

    parked = refused.press("Parker", reasons="Når det er plass.", until="2099-01-01", waits_for="capacity")
    come(town.adviser).open(f"{at}/lag/lag-7/avgjor/").press("Vedta nei", reasons="Det finnes alt i Lillevik.")
    minutes = come(town.adviser).open(f"{at}/referat/")
    barred = come(leader).open(f"{at}/referat/")

    with scopes_disabled():
        states = list(Idea.objects.order_by("id").values_list("state", flat=True))
        assert Initiative.objects.count() == PLACES
    assert parked.status == 200
    assert states == [IdeaState.STARTED] * PLACES + [IdeaState.PARKED, IdeaState.DECLINED]
    assert "Tiltak 1" in minutes.text
    assert "Det finnes alt i Lillevik." in minutes.text
    assert "Tiltak 1" not in barred.text
    assert "Du deltar ikke i denne." in barred.text
