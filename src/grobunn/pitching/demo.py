"""What `pitching` puts into a demonstration: the morning of a pitch day, with twelve teams and room for five."""

from collections.abc import Mapping
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import translation
from django_scopes import scope

from grobunn.accounts.demo import key_of, person
from grobunn.capacity.kinds import Kind
from grobunn.capacity.models import Source
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.capacity.queries.room import Line
from grobunn.capacity.services.declare import declare as declare_capacity
from grobunn.juries.grounds import Ground
from grobunn.juries.models import Conflict, Entry, Member, Panel
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.queries.assessing import takers_of
from grobunn.juries.services.assessing import assess
from grobunn.juries.services.composing import add_member
from grobunn.juries.services.conflicts import find_conflicts
from grobunn.juries.services.declaring import Declared, declare
from grobunn.juries.services.steps import step
from grobunn.kernel import clock, events, permissions
from grobunn.organisations.models import Municipality, Role, RoleAssignment, Unit
from grobunn.organisations.queries import unit_by_slug
from grobunn.pitching.models import PitchDay, Slot
from grobunn.pitching.packaged import packaged_yaml
from grobunn.pitching.services.days import hand_in_proposals, make_day
from grobunn.pitching.services.proposing import save_proposal
from grobunn.programmes.models import Cohort, TeamMember

Told = Mapping[str, Any]

_WHERE = "trondheim"
_QUARTERS = 4


def load_demo() -> None:
    """Make the day that is not there yet; safe to repeat, and what somebody has changed since is left alone."""
    told = packaged_yaml("demo.yaml")
    municipality = Municipality.objects.get(slug=_WHERE)
    with scope(municipality=municipality.pk), events.withheld(), translation.override(municipality.language):
        key = key_of("pitch-days", told["day"]["id"])
        cohort = Cohort.objects.filter(key=key_of("cohorts", told["day"]["cohort"])).first()
        if cohort is None or PitchDay.objects.filter(key=key).exists():
            return
        day = make_day(
            cohort,
            name=told["day"]["name"],
            key=key,
            actor=person("adviser"),
            on=clock.today(),
            starts=time.fromisoformat(told["day"]["starts"]),
            place=told["day"]["place"],
        )
        source = _source(municipality, told["source"])
        for slot in Slot.objects.filter(day=day).select_related("team", "day"):
            _propose(slot, told["proposals"][slot.team.slug], source)
        hand_in_proposals(day, actor=person("adviser"))
        assert day.panel is not None  # noqa: S101 -- a day is made with one
        _judge(day.panel, told)


def _source(municipality: Municipality, told: Told) -> Source:
    unit = unit_by_slug(municipality.pk, told["unit"])
    source, is_new = Source.objects.get_or_create(
        municipality=municipality, unit=unit, kind=Kind.PLACES, name=told["name"], defaults={"is_shared": True}
    )
    if is_new:
        amounts = dict.fromkeys(quarters_from(Quarter.now(), _QUARTERS), Decimal(told["each"]))
        declare_capacity(source, amounts=amounts, actor=person("adviser"))
    return source


def _propose(slot: Slot, told: Told, source: Source) -> None:
    lead = TeamMember.objects.select_related("enrolment__user", "enrolment__unit").get(team=slot.team, is_lead=True)
    save_proposal(
        slot,
        actor=person("adviser"),
        version=None,
        lines=[Line(source=source, quarter=Quarter.now(), amount=Decimal(1))],
        title=slot.team.idea.heading if slot.team.idea else slot.team.name,
        summary=slot.team.idea.text if slot.team.idea else "",
        hypothesis=told["hypothesis"],
        unit=slot.team.unit,
        owner=lead.enrolment.user,
        owner_role=Role(told["role"]),
        owner_unit=_led_by(lead, told["role"]),
        milestone=told["milestone"],
        milestone_due_on=clock.today() + timedelta(days=60),
        method=slot.team.method,
    )


def _led_by(lead: TeamMember, role: str) -> Unit:
    """The unit in which whoever leads a team has the role in the line."""
    return RoleAssignment.objects.select_related("unit").get(user=lead.enrolment.user, role=role).unit


def _judge(panel: Panel, told: Told) -> None:
    """Let everybody have declared, and what was found be assessed: scores are open."""
    adviser = person("adviser")
    members = {
        each["who"]: add_member(panel, person(each["who"]), part=each["part"], title=each["title"], actor=adviser)
        for each in told["panel"]
    }
    step(panel, "open_declarations", actor=adviser)
    find_conflicts(panel)
    for each in told["panel"]:
        _declare(members[each["who"]], leads=each.get("leads", ""), told=told)
    _assess(panel, told)
    step(panel, "open_scoring", actor=adviser)


def _declare(member: Member, *, leads: str, told: Told) -> None:
    slots = {slot.entry_id: slot for slot in Slot.objects.filter(day__panel=member.panel_id).select_related("team")}
    said = [
        Declared(entry, Ground.PARTY, told["confirmed"]) if slots[entry.pk].team.slug == leads else Declared(entry)
        for entry in Entry.objects.judged().filter(panel=member.panel_id)
    ]
    assert member.user is not None  # noqa: S101 -- just added
    declare(member, said, actor=member.user)


def _assess(panel: Panel, told: Told) -> None:
    """Decide about each conflict without the member: who leads a pitching team stands aside from it."""
    leading = set(
        Conflict.objects.filter(member__panel=panel, ground=Ground.PARTY).values_list("member_id", "entry_id")
    )
    while conflict := (
        Conflict.objects.filter(member__panel=panel, state=ConflictState.OPEN)
        .select_related("member__panel", "member__user", "entry__panel")
        .order_by("found_at", "id")
        .first()
    ):
        takers = takers_of(conflict)
        people = [each.user for each in takers if each.user is not None]
        leader = next(each for each in people if permissions.is_allowed("juries.assess", each, conflict))
        is_confirmed = (conflict.member_id, conflict.entry_id) in leading
        reason = told["confirmed"] if is_confirmed else told["dismissed"]
        assess(conflict, is_confirmed=is_confirmed, reason=reason, taken_by=takers, actor=leader)
