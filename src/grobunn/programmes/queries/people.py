"""Who takes part, who leads, who is on which team."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django_scopes import scopes_disabled

from grobunn.programmes.models import Enrolment, Facilitator, Team, TeamMember
from grobunn.programmes.states import EnrolmentState

# Gave up their place, or never took it.
GONE = (EnrolmentState.DECLINED, EnrolmentState.WITHDRAWN)


def place_of(actor: Any, cohort_id: UUID) -> Enrolment | None:
    """Somebody's place in a cohort: invited, in line, enrolled or completed. None who has none, or gave it up."""
    if getattr(actor, "pk", None) is None:
        return None
    with scopes_disabled():
        return Enrolment.objects.filter(cohort_id=cohort_id, user_id=actor.pk).exclude(state__in=GONE).first()


def is_facilitator_of(actor: Any, cohort_id: UUID) -> bool:
    """Whether somebody leads a gathering of a cohort, or coaches one of its teams."""
    if getattr(actor, "pk", None) is None:
        return False
    with scopes_disabled():
        leads = Facilitator.objects.filter(gathering__cohort_id=cohort_id, user_id=actor.pk)
        coaches = Team.objects.filter(cohort_id=cohort_id, coach_id=actor.pk, dissolved_at=None)
        return leads.exists() or coaches.exists()


def is_on_team(actor: Any, team_id: UUID) -> bool:
    """Whether somebody is on a team."""
    if getattr(actor, "pk", None) is None:
        return False
    with scopes_disabled():
        return TeamMember.objects.filter(
            Q(team_id=team_id) & Q(enrolment__user_id=actor.pk) & ~Q(enrolment__state__in=GONE)
        ).exists()
