"""Reads of the people of a municipality: their roles, the present and the former, and their absences."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.kernel import clock
from grobunn.organisations.models import Absence, RoleAssignment
from grobunn.organisations.queries.roles import holds_on, lasts_on

# Roles that ended are listed for as long as somebody may have ended them by mistake.
ENDED_SHOWN_DAYS = 30


def role_assignments_of(
    municipality_id: UUID, *, words: str = "", unit_id: UUID | None = None, role: str = ""
) -> QuerySet[RoleAssignment]:
    """Who has which role in a municipality: now, from a later day, or until lately; by the person's name.

    Takes: words, part of a name or an e-mail address. Each row has `person`, the name, for keyset paging with the id.
    """
    with scopes_disabled():
        found = RoleAssignment.objects.filter(_not_long_over(clock.today()), municipality_id=municipality_id)
    if words.strip():
        found = found.filter(Q(user__name__icontains=words.strip()) | Q(user__email__icontains=words.strip()))
    if unit_id is not None:
        found = found.filter(unit_id=unit_id)
    if role:
        found = found.filter(role=role)
    return found.annotate(person=F("user__name")).select_related("user", "unit").order_by("person", "id")


def person_in(municipality_id: UUID, user_id: UUID) -> User:
    """Somebody who has, had or will have a role in a municipality. Raises: User.DoesNotExist."""
    with scopes_disabled():
        known = RoleAssignment.objects.filter(municipality_id=municipality_id, user_id=user_id)
        if not known.exists():
            raise User.DoesNotExist
    return User.objects.get(pk=user_id)


def member_by_email(municipality_id: UUID, email: str) -> User | None:
    """Somebody with a role in a municipality today, by e-mail address."""
    with scopes_disabled():
        members = RoleAssignment.objects.filter(holds_on(clock.today()), municipality_id=municipality_id)
        return User.objects.filter(
            email=email.strip().lower(), is_active=True, pk__in=members.values("user_id")
        ).first()


def colleagues_of(user: User, municipality_id: UUID, *, limit: int = 50) -> list[User]:
    """People in the same units, and leaders and advisers of the municipality: likely stand-ins."""
    with scopes_disabled():
        today = clock.today()
        here = RoleAssignment.objects.filter(holds_on(today), municipality_id=municipality_id)
        units = here.filter(user=user).values("unit_id")
        above = here.filter(user=user).values("unit__parent_id")
        near = here.filter(Q(unit_id__in=units) | Q(unit_id__in=above) | Q(unit__parent_id__in=units))
        others = User.objects.filter(pk__in=near.values("user_id"), is_active=True).exclude(pk=user.pk)
        return list(others.order_by("name")[:limit])


def absences_of(user_id: UUID, municipality_id: UUID) -> QuerySet[Absence]:
    """Somebody's absences now and to come, in order."""
    with scopes_disabled():
        mine = Absence.objects.filter(municipality_id=municipality_id, user_id=user_id, to_on__gte=clock.today())
        return mine.select_related("stand_in").order_by("from_on")


def away_today(municipality_id: UUID) -> QuerySet[Absence]:
    """Who is away today in a municipality."""
    with scopes_disabled():
        return Absence.objects.filter(lasts_on(clock.today()), municipality_id=municipality_id).select_related(
            "user", "stand_in"
        )


def _not_long_over(today: date) -> Q:
    return Q(to_on__isnull=True) | Q(to_on__gte=today - timedelta(days=ENDED_SHOWN_DAYS))
