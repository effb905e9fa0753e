"""Programmes and cohorts of the demonstration, with the clock moved; nobody is told.

What five hundred people did is written in bulk: lived through the services it would take minutes.
"""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from itertools import islice
from typing import Any

from django.utils import translation
from django_scopes import scope

from grobunn.accounts.demo import key_of, person
from grobunn.ideas.models import Contact, Idea
from grobunn.ideas.services.answer import park
from grobunn.ideas.services.submit import Submission, submit_idea
from grobunn.kernel import clock, events, ids, statemachine
from grobunn.kernel.actors import SYSTEM
from grobunn.methods.queries import method_of
from grobunn.organisations.models import Municipality, Unit
from grobunn.organisations.queries import unit_by_slug
from grobunn.programmes.demo.after import open_next, tell_evaluations
from grobunn.programmes.demo.people import made_up_leaders, moment
from grobunn.programmes.models import (
    Attendance,
    Cohort,
    Day,
    Diploma,
    Enrolment,
    Gathering,
    Mark,
    Programme,
    Team,
    TeamMember,
)
from grobunn.programmes.models.teams import FormedBy
from grobunn.programmes.packaged import packaged_yaml
from grobunn.programmes.queries.attended import attended_by
from grobunn.programmes.services.enrolling import Invitee, invite
from grobunn.programmes.services.programmes import DayGiven, add_gathering, make_cohort, make_programme
from grobunn.programmes.states import COHORT_MACHINE, COHORT_MESSAGES, ENROLMENT_MACHINE, EnrolmentState
from grobunn.search.services import index_many

Story = Mapping[str, Any]

_WHERE = "trondheim"
_LEADS_FROM_LEVEL = 3
_DAYS_EACH = 2
_TEAM_SIZE = 4
_METHOD, _PHASE = "veikart", "innsikt-og-ide"


def tell_stories() -> None:
    """Make what is not there: programmes, cohorts with what has happened in them, teams and their ideas."""
    told = packaged_yaml("demo.yaml")
    municipality = Municipality.objects.get(slug=_WHERE)
    with scope(municipality=municipality.pk), events.withheld(), translation.override(municipality.language):
        programmes = _programmes(municipality, told["programmes"])
        units = list(Unit.objects.filter(leader_level__gte=_LEADS_FROM_LEVEL, closed_on=None).order_by("slug"))
        people = made_up_leaders(told, units)
        for story in told["cohorts"]:
            _cohort(programmes["ledelsesskolen"], story, told, people)
        for story in told["following"]:
            open_next(programmes[story["programme"]], story)


def _programmes(municipality: Municipality, stories: Iterable[Story]) -> Mapping[str, Programme]:
    made: dict[str, Programme] = {}
    for story in stories:
        fields = {name: value for name, value in story.items() if name not in ("id", "name", "follows")}
        if "follows" in story:
            fields["follows"] = made[story["follows"]]
        made[story["id"]] = make_programme(
            municipality,
            name=story["name"],
            key=key_of("programmes", story["id"]),
            actor=person("adviser"),
            **fields,
        )
    return made


def _cohort(programme: Programme, story: Story, told: Story, people: Iterable[Invitee]) -> None:
    leads = [_lead(team) for team in told["teams"]] if story.get("needs_pitch") else []
    known = [*leads, *(_lead(each) for each in story.get("known", ()))]
    invitees = [*known, *islice(people, story["people"] - len(known))]
    key = key_of("cohorts", story["id"])
    if Cohort.objects.filter(key=key).exists():
        return
    first, adviser = min(story["days"]), person("adviser")
    begins = [clock.today() + timedelta(days=in_days) for in_days in story["days"]]
    with clock.moved_to(moment(first - 40)):
        cohort = make_cohort(
            programme,
            name=story["name"],
            key=key,
            actor=adviser,
            places=story.get("places"),
            needs_pitch=story.get("needs_pitch", False),
            method=_METHOD,
            is_synthetic=True,
        )
        gatherings = [
            _gathering(cohort, about, begins=on) for about, on in zip(told["gatherings"], begins, strict=True)
        ]
        _step(cohort, "open")
        enrolments = invite(cohort, invitees, actor=adviser)
        _take_places(enrolments)
    with clock.moved_to(moment(first)):
        _step(cohort, "begin")
    absent = enrolments[-story["missed_third"] :]
    _attend(gatherings, enrolments, absent=absent)
    tell_evaluations(gatherings, enrolments, told["thought"])
    if story.get("is_finished"):
        _complete(cohort, enrolments[: -len(absent)], on=begins[-1] + timedelta(days=_DAYS_EACH))
        with clock.moved_to(moment(max(story["days"]) + 30)):
            _step(cohort, "finish")
    if leads:
        _teams(cohort, told["teams"], enrolments)


def _lead(team: Story) -> Invitee:
    user = person(team["lead"])
    unit = Unit.objects.get(slug=team["unit"])
    return Invitee(name=user.name, email=user.email, unit=unit, leader_level=unit.leader_level, is_synthetic=True)


def _gathering(cohort: Cohort, about: Story, *, begins: date) -> Gathering:
    days = [DayGiven(begins + timedelta(days=each), time(9), time(15, 30)) for each in range(_DAYS_EACH)]
    return add_gathering(cohort, days=days, actor=person("adviser"), place="Prøvelokalet i Prøvegata 1", **about)


def _take_places(enrolments: list[Enrolment]) -> None:
    """Everybody said yes."""
    for enrolment in enrolments:
        enrolment.state = EnrolmentState.ENROLLED
    Enrolment.objects.bulk_update(enrolments, ["state"])
    for enrolment in enrolments:
        statemachine.record_change(
            ENROLMENT_MACHINE, enrolment, edge_name="accept", to_state=enrolment.state, actor=SYSTEM
        )


def _attend(gatherings: list[Gathering], enrolments: list[Enrolment], *, absent: list[Enrolment]) -> None:
    """Everybody was there on the days that have been, but for some at the third gathering."""
    away = {enrolment.pk for enrolment in absent}
    third, today = gatherings[2].pk, clock.today()
    marks = [
        Mark(
            id=ids.new_id(),
            municipality_id=enrolment.municipality_id,
            day=day,
            enrolment=enrolment,
            is_present=not (day.gathering_id == third and enrolment.pk in away),
            made_at=clock.at(day.on, time(9, 5)),
            received_at=clock.at(day.on, time(9, 5)),
        )
        for day in Day.objects.filter(gathering__in=gatherings, on__lt=today)
        for enrolment in enrolments
    ]
    Mark.objects.bulk_create(marks, batch_size=2000)
    Attendance.objects.bulk_create(
        [
            Attendance(
                municipality_id=mark.municipality_id,
                day_id=mark.day_id,
                enrolment_id=mark.enrolment_id,
                is_present=mark.is_present,
                made_at=mark.made_at,
                mark_id=mark.pk,
            )
            for mark in marks
        ],
        batch_size=2000,
    )


def _complete(cohort: Cohort, enrolments: list[Enrolment], *, on: date) -> None:
    for enrolment in enrolments:
        enrolment.state = EnrolmentState.COMPLETED
    Enrolment.objects.bulk_update(enrolments, ["state"])
    attended = attended_by(cohort, enrolments)
    Diploma.objects.bulk_create(
        Diploma(
            municipality_id=enrolment.municipality_id,
            enrolment=enrolment,
            number=f"D{key_of('diplomas', enrolment.email).hex[:9].upper()}",
            issued_on=on,
            gatherings=[each.as_kept() for each in attended[enrolment.pk]],
        )
        for enrolment in enrolments
    )


def _teams(cohort: Cohort, stories: list[Story], enrolments: list[Enrolment]) -> None:
    """Teams of four: the lead, and three of those without an account."""
    method = method_of(cohort.municipality_id, _METHOD)
    assert method is not None  # noqa: S101 -- it comes with Grobunn
    others = enrolments[len(stories) :]
    ideas = []
    for number, story in enumerate(stories):
        unit = unit_by_slug(cohort.municipality_id, story["unit"])
        idea = _idea(cohort.municipality, story, unit)
        ideas.append(idea.pk)
        team = Team.objects.create(
            municipality_id=cohort.municipality_id,
            cohort=cohort,
            slug=story["id"],
            name=story["name"],
            formed_by=FormedBy.INTEREST,
            unit=unit,
            idea=idea,
            coach=person(story["coach"]),
            method=method.key,
            method_edition=method.edition,
            phase=_PHASE if method.phase(_PHASE) else method.first.key,
            moved_at=moment(-3),
            is_synthetic=True,
        )
        members = [enrolments[number], *others[number * (_TEAM_SIZE - 1) : (number + 1) * (_TEAM_SIZE - 1)]]
        TeamMember.objects.bulk_create(
            TeamMember(municipality_id=team.municipality_id, team=team, enrolment=each, is_lead=each == members[0])
            for each in members
        )
    index_many("idea", ideas)


def _idea(municipality: Municipality, story: Story, unit: Unit) -> Idea:
    """A team's idea, put away until the panel has decided."""
    lead = person(story["lead"])
    submission = Submission(
        text=story["text"],
        title=story["title"],
        contact=Contact.ACCOUNT,
        language=municipality.language,
        key=key_of("ideas", f"ledelsesskolen-{story['id']}"),
    )
    until = clock.today() + timedelta(days=14)
    with clock.moved_to(moment(-48)):
        idea = submit_idea(municipality, submission=submission, actor=lead, unit=unit)
        Idea.objects.filter(pk=idea.pk).update(is_synthetic=True)
        idea.refresh_from_db()
        park(
            idea,
            actor=idea.holder or person("adviser"),
            until=until,
            reason="Et lag på Ledelsesskolen arbeider med den og pitcher den for panelet.",
        )
    return idea


def _step(cohort: Cohort, edge: str) -> None:
    statemachine.perform(COHORT_MACHINE, cohort, edge, actor=person("adviser"), messages=COHORT_MESSAGES)
