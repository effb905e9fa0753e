"""Teams of a cohort: who is on them, how far they have come, and who is stuck."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_scopes import scope

from grobunn.kernel import clock
from grobunn.methods.queries import method_of
from grobunn.methods.shapes import Method, Phase
from grobunn.programmes.models import Cohort, Enrolment, HandIn, Team, TeamMember
from grobunn.programmes.states import HOLDS_A_PLACE, CohortState

# A team that has handed in nothing and not moved for so long is asked how it goes.
STUCK_AFTER = timedelta(weeks=3)


@dataclass(frozen=True)
class TeamNow:
    """A team as its coach sees it."""

    team: Team
    members: tuple[TeamMember, ...]
    phase: Phase | None
    missing: tuple[str, ...]
    is_running: bool

    @property
    def stuck(self) -> str:
        """Why it is stuck, in a sentence; "" where it is not."""
        if not self.is_running or self.team.pitched_at is not None:
            return ""
        weeks = (clock.now() - self.team.moved_at).days // 7
        if clock.now() - self.team.moved_at < STUCK_AFTER:
            return ""
        since = ngettext("Nothing has happened for %(weeks)s week.", "Nothing has happened for %(weeks)s weeks.", weeks)
        why = _("It has no idea yet.") if self.team.idea_id is None else self._what_lacks()
        return f"{since % {'weeks': weeks}} {why}".strip()

    def _what_lacks(self) -> str:
        if not self.missing:
            return ""
        return _("It has not handed in: %(what)s.") % {"what": ", ".join(self.missing)}


def teams_of(cohort: Cohort) -> list[TeamNow]:
    """Every team of a cohort, those that are stuck first. Three SQL, and one for each own method."""
    with scope(municipality=cohort.municipality_id):
        rows = Team.objects.filter(cohort=cohort, dissolved_at=None).select_related("idea", "coach", "unit")
        teams = list(rows.order_by("name", "id"))
        members: dict[UUID, list[TeamMember]] = {}
        on = TeamMember.objects.filter(team__in=teams).select_related("enrolment__user")
        for member in on.order_by("-is_lead", "enrolment__name"):
            members.setdefault(member.team_id, []).append(member)
        handed = set(HandIn.objects.filter(team__in=teams).values_list("team_id", "sort"))
    methods: dict[tuple[str, int], Method | None] = {}
    found = []
    for team in teams:
        team.cohort = cohort
        key = (team.method, team.method_edition)
        if key not in methods:
            methods[key] = method_of(cohort.municipality_id, team.method, edition=team.method_edition)
        method = methods[key]
        found.append(_now(team, members.get(team.pk, []), method.phase(team.phase) if method else None, handed))
    return sorted(found, key=lambda each: (not each.stuck, each.team.name))


def _now(team: Team, members: Sequence[TeamMember], phase: Phase | None, handed: set[tuple[UUID, str]]) -> TeamNow:
    asked = phase.hand_ins if phase else ()
    return TeamNow(
        team=team,
        members=tuple(members),
        phase=phase,
        missing=tuple(each.name for each in asked if (team.pk, each.key) not in handed),
        is_running=team.cohort.state == CohortState.RUNNING,
    )


def team_named(cohort: Cohort, slug: str) -> Team | None:
    """A team by its address."""
    with scope(municipality=cohort.municipality_id):
        found = Team.objects.filter(cohort=cohort, slug=slug, dissolved_at=None)
        team = found.select_related("idea__municipality", "coach", "unit", "municipality").first()
    if team is not None:
        team.cohort = cohort
    return team


def members_of(team: Team) -> list[TeamMember]:
    """Who is on a team, whoever leads it first."""
    with scope(municipality=team.municipality_id):
        found = TeamMember.objects.filter(team=team).select_related("enrolment__user", "enrolment__unit")
        return list(found.order_by("-is_lead", "enrolment__name"))


def handed_in(team: Team) -> list[HandIn]:
    """What a team has handed in, the latest edition of each sort first."""
    with scope(municipality=team.municipality_id):
        found = HandIn.objects.filter(team=team).select_related("made_by")
        return list(found.order_by("sort", "-edition"))


def without_a_team(cohort: Cohort) -> list[Enrolment]:
    """Participants who are on no team, by name."""
    with scope(municipality=cohort.municipality_id):
        placed = TeamMember.objects.filter(team__cohort=cohort).values("enrolment_id")
        found = Enrolment.objects.filter(cohort=cohort, state__in=HOLDS_A_PLACE).exclude(pk__in=placed)
        return list(found.select_related("unit").order_by("name", "id"))
