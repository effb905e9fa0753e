"""Forms teams, and keeps what they do: their idea, their phase, what they hand in. One lock for each cohort."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.ideas.models import Idea
from grobunn.kernel import clock, events, permissions, slugs
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import SomebodyWasFirst, TransitionRefused
from grobunn.kernel.uploads import CleanDocument
from grobunn.methods.queries import method_of
from grobunn.methods.shapes import Method
from grobunn.programmes.events import TeamChanged
from grobunn.programmes.models import Cohort, Enrolment, HandIn, Interest, Team, TeamMember
from grobunn.programmes.models.teams import FormedBy
from grobunn.programmes.queries.teams import without_a_team
from grobunn.programmes.states import HOLDS_A_PLACE

USUAL_METHOD = "veikart"
MOST_WISHES = 3
RESERVED_SLUGS = frozenset({"ny", "onsker", "sett-sammen"})


class TeamRefused(TransitionRefused):
    """It cannot be done with this team."""


def make_team(
    cohort: Cohort,
    *,
    name: str,
    actor: Actor,
    members: Iterable[Enrolment] = (),
    formed_by: str = FormedBy.HAND,
    **fields: Any,
) -> Team:
    """Make a team of participants who are on none; the first of them leads it.

    Takes:   fields, of `Team`: unit, idea, coach.
    Raises:  TeamRefused where another team works on the idea, or a member is on another team; PermissionDenied.
    Effects: rows, TeamChanged.
    """
    permissions.check("programmes.facilitate", actor, cohort)
    with transaction.atomic(), scope(municipality=cohort.municipality_id):
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        _refuse_taken(cohort, fields.get("idea"))
        method = _method(cohort)
        taken = set(Team.objects.filter(cohort=cohort).values_list("slug", flat=True))
        team = Team.objects.create(
            municipality_id=cohort.municipality_id,
            cohort=cohort,
            name=name.strip(),
            slug=slugs.free(slugs.beginning(name, length=60, otherwise="lag"), taken=taken, reserved=RESERVED_SLUGS),
            formed_by=formed_by,
            method=method.key,
            method_edition=method.edition,
            phase=method.first.key,
            is_synthetic=cohort.is_synthetic,
            **fields,
        )
        _seat(team, list(members))
        _tell(team, "made")
    return team


def form_by_unit(cohort: Cohort, *, actor: Actor) -> list[Team]:
    """One team for each unit that has at least two participants without a team. Repeated, it makes none.

    Raises: PermissionDenied. Returns: the new teams.
    """
    permissions.check("programmes.facilitate", actor, cohort)
    with transaction.atomic(), scope(municipality=cohort.municipality_id):
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        by_unit: dict[UUID, list[Enrolment]] = {}
        for enrolment in without_a_team(cohort):
            if enrolment.unit_id is not None:
                by_unit.setdefault(enrolment.unit_id, []).append(enrolment)
        return [
            make_team(
                cohort, name=each[0].unit.name, unit=each[0].unit, members=each, formed_by=FormedBy.UNIT, actor=actor
            )
            for each in by_unit.values()
            if len(each) > 1 and each[0].unit is not None
        ]


def form_by_interest(cohort: Cohort, *, actor: Actor) -> list[Team]:
    """A team for each idea that at least two want: first wishes before second ones. Repeated, it makes no more.

    Raises: PermissionDenied. Returns: the new teams.
    """
    permissions.check("programmes.facilitate", actor, cohort)
    with transaction.atomic(), scope(municipality=cohort.municipality_id):
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        free = {each.pk: each for each in without_a_team(cohort)}
        worked_on = set(Team.objects.filter(cohort=cohort, dissolved_at=None).values_list("idea_id", flat=True))
        made = []
        for _round in range(1, MOST_WISHES + 1):
            wishes = Interest.objects.filter(enrolment__in=list(free), order__lte=_round).select_related("idea")
            wanted: dict[UUID, list[Interest]] = {}
            for wish in wishes.exclude(idea_id__in=[each for each in worked_on if each]).order_by("order", "id"):
                wanted.setdefault(wish.idea_id, []).append(wish)
            for idea_id, them in sorted(wanted.items(), key=lambda each: (-len(each[1]), str(each[0]))):
                people = [free[wish.enrolment_id] for wish in them if wish.enrolment_id in free]
                if len(people) < 2:
                    continue
                idea = them[0].idea
                made.append(
                    make_team(
                        cohort,
                        name=idea.heading[:100],
                        idea=idea,
                        unit=idea.unit,
                        members=people,
                        formed_by=FormedBy.INTEREST,
                        actor=actor,
                    )
                )
                worked_on.add(idea_id)
                for person in people:
                    free.pop(person.pk)
    return made


def say_interest(enrolment: Enrolment, ideas: Sequence[Idea], *, actor: Actor) -> None:
    """Say which ideas somebody would like to work on, the first wish first; what was said before is replaced.

    Raises: TeamRefused for more than three; PermissionDenied.
    """
    permissions.check("programmes.answer", actor, enrolment)
    if len(ideas) > MOST_WISHES:
        raise TeamRefused(_("Choose up to three."))
    with transaction.atomic(), scope(municipality=enrolment.municipality_id):
        Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        Interest.objects.filter(enrolment=enrolment).delete()
        Interest.objects.bulk_create(
            Interest(municipality_id=enrolment.municipality_id, enrolment=enrolment, idea=idea, order=order)
            for order, idea in enumerate(ideas, start=1)
        )


def change_team(
    team: Team,
    *,
    actor: Actor,
    version: int,
    name: str,
    idea: Idea | None,
    coach: User | None,
    members: Sequence[Enrolment],
) -> None:
    """Give a team another name, idea, coach or other members; whoever was on it and is not named has no team.

    Raises:  TeamRefused, SomebodyWasFirst; PermissionDenied.
    Effects: rows, TeamChanged.
    """
    permissions.check("programmes.facilitate", actor, team)
    with transaction.atomic(), scope(municipality=team.municipality_id):
        Cohort.objects.select_for_update().get(pk=team.cohort_id)
        _refuse_taken(team.cohort, idea, without=team)
        changed = Team.objects.filter(pk=team.pk, version=version, dissolved_at=None).update(
            name=name.strip(), idea=idea, coach=coach, version=F("version") + 1
        )
        if not changed:
            raise SomebodyWasFirst(_("Somebody else changed the team just before you. Open the page anew."))
        TeamMember.objects.filter(team=team).exclude(enrolment__in=members).delete()
        there = set(TeamMember.objects.filter(team=team).values_list("enrolment_id", flat=True))
        _seat(team, [each for each in members if each.pk not in there])
        _tell(team, "changed")


def dissolve(team: Team, *, actor: Actor) -> None:
    """End a team; its members are free for another, what it handed in stays. Repeated, it does nothing.

    Raises: PermissionDenied.
    """
    permissions.check("programmes.facilitate", actor, team)
    with transaction.atomic(), scope(municipality=team.municipality_id):
        if Team.objects.filter(pk=team.pk, dissolved_at=None).update(dissolved_at=clock.now()):
            TeamMember.objects.filter(team=team).delete()
            _tell(team, "dissolved")


def move_phase(team: Team, phase: str, *, actor: Actor, version: int) -> None:
    """Move a team to another phase of its method, forwards or back.

    Raises:  TeamRefused for a phase that the method lacks, SomebodyWasFirst; PermissionDenied.
    Effects: row, TeamChanged.
    """
    permissions.check("programmes.work", actor, team)
    method = method_of(team.municipality_id, team.method, edition=team.method_edition)
    if method is None or method.phase(phase) is None:
        raise TeamRefused(_("The method has no such phase. Choose another one."))
    with transaction.atomic(), scope(municipality=team.municipality_id):
        moved = Team.objects.filter(pk=team.pk, version=version).update(
            phase=phase, moved_at=clock.now(), version=F("version") + 1
        )
        if not moved:
            raise SomebodyWasFirst(_("Somebody else changed the team just before you. Open the page anew."))
        _tell(team, "phase")


def hand_in(
    team: Team,
    *,
    sort: str,
    text: str,
    actor: Actor,
    document: CleanDocument | None = None,
    key: UUID | None = None,
) -> HandIn:
    """Hand in what the phase asks for, as text, a file or both; handed in again, it is the next edition.

    Sent twice with a key, it is one.

    Raises:  TeamRefused for what the method does not ask for, or nothing handed in; PermissionDenied.
    Effects: row, file, TeamChanged.
    """
    permissions.check("programmes.work", actor, team)
    method = method_of(team.municipality_id, team.method, edition=team.method_edition)
    phase = next((each for each in _phases(method) if sort in [asked.key for asked in each.hand_ins]), None)
    if phase is None or not (text.strip() or document):
        raise TeamRefused(_("Write what you hand in, or choose a file."))
    with transaction.atomic(), scope(municipality=team.municipality_id):
        Team.objects.select_for_update().get(pk=team.pk)
        known = HandIn.objects.filter(key=key).first() if key else None
        if known is not None:
            return known
        last = HandIn.objects.filter(team=team, sort=sort).aggregate(last=Max("edition"))["last"] or 0
        made = HandIn(
            municipality_id=team.municipality_id,
            team=team,
            phase=phase.key,
            sort=sort,
            edition=last + 1,
            text=text.strip(),
            made_by_id=actor.pk,
            key=key,
        )
        if document is not None:
            made.name, made.content_type, made.size = document.name, document.media_type, document.size
            made.file.save(f"{made.pk}", document.content, save=False)
        made.save(force_insert=True)
        Team.objects.filter(pk=team.pk).update(moved_at=clock.now())
        _tell(team, "handed_in")
    return made


def _phases(method: Method | None) -> Sequence[Any]:
    return method.phases if method else ()


def _method(cohort: Cohort) -> Method:
    method = method_of(cohort.municipality_id, cohort.method or USUAL_METHOD)
    if method is None:
        raise TeamRefused(_("The cohort’s method is not there any more. Choose another one for the cohort."))
    return method


def _refuse_taken(cohort: Cohort, idea: Idea | None, *, without: Team | None = None) -> None:
    if idea is None:
        return
    others = Team.objects.filter(cohort=cohort, idea=idea, dissolved_at=None)
    other = (others.exclude(pk=without.pk) if without else others).first()
    if other is not None:
        raise TeamRefused(_("“%(team)s” works on that idea already.") % {"team": other.name})


def _seat(team: Team, members: Sequence[Enrolment]) -> None:
    """Put participants on a team: of the same cohort, with a place, on no other team."""
    for each in members:
        if each.cohort_id != team.cohort_id or each.state not in HOLDS_A_PLACE:
            raise TeamRefused(_("%(name)s has no place in this cohort.") % {"name": each.name})
    taken = TeamMember.objects.filter(enrolment__in=members).select_related("enrolment").first()
    if taken is not None:
        raise TeamRefused(_("%(name)s is on another team already.") % {"name": taken.enrolment.name})
    has_lead = TeamMember.objects.filter(team=team, is_lead=True).exists()
    TeamMember.objects.bulk_create(
        TeamMember(
            municipality_id=team.municipality_id, team=team, enrolment=each, is_lead=number == 0 and not has_lead
        )
        for number, each in enumerate(members)
    )


def _tell(team: Team, what: str) -> None:
    events.publish(TeamChanged(team_id=team.pk, municipality_id=team.municipality_id, what=what, idea_id=team.idea_id))
