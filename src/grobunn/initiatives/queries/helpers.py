"""Who helps an initiative, and with what."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.initiatives.models import Helper, Initiative
from grobunn.initiatives.states import UNFINISHED
from grobunn.kernel import clock
from grobunn.organisations.models import RoleAssignment
from grobunn.organisations.queries import holds_on


def kinds_of_help(user_id: UUID, initiative_id: UUID) -> frozenset[str]:
    """With what somebody helps an initiative today. One SQL."""
    with scopes_disabled():
        found = Helper.objects.filter(_lasts(), user_id=user_id, initiative_id=initiative_id)
        return frozenset(found.values_list("kind", flat=True))


def helped_by(user_id: UUID) -> list[UUID]:
    """Ids of the initiatives that somebody helps today. One SQL."""
    with scopes_disabled():
        found = Helper.objects.filter(_lasts(), user_id=user_id)
        return list(found.values_list("initiative_id", flat=True).distinct())


def helpers_of(initiative: Initiative) -> list[Helper]:
    """Who helps an initiative today, by kind of help and name. One SQL."""
    with scopes_disabled():
        found = Helper.objects.filter(_lasts(), initiative=initiative).select_related("user")
        return list(found.order_by("kind", "user__name", "id"))


def helping(user_id: UUID) -> list[Helper]:
    """With what somebody helps unfinished initiatives today, by title. One SQL."""
    with scopes_disabled():
        rows = Helper.objects.filter(_lasts(), user_id=user_id, initiative__state__in=UNFINISHED)
        return list(rows.select_related("initiative").order_by("initiative__title", "initiative_id", "kind"))


def who_may_be_given_tasks(initiative: Initiative) -> QuerySet[User]:
    """People who work in the municipality, and whoever helps from elsewhere."""
    today = clock.today()
    with scopes_disabled():
        members = RoleAssignment.objects.filter(holds_on(today), municipality_id=initiative.municipality_id)
        helping = Helper.objects.filter(_lasts(), initiative=initiative)
        around = Q(pk__in=members.values("user_id")) | Q(pk__in=helping.values("user_id"))
        return User.objects.filter(around, is_active=True)


def close_to(initiative: Initiative, *, also: UUID | None = None) -> list[User]:
    """The owner, the helpers and one more: who most tasks are for, by name. One SQL."""
    with scopes_disabled():
        helping = Helper.objects.filter(_lasts(), initiative=initiative)
        near = Q(pk=initiative.owner_id) | Q(pk__in=helping.values("user_id")) | Q(pk=also)
        return list(User.objects.filter(near, is_active=True).order_by("name", "pk"))


def _lasts() -> Q:
    return Q(until_on__isnull=True) | Q(until_on__gte=clock.today())
