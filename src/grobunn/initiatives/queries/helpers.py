"""Who helps an initiative, and with what."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.initiatives.models import Helper, Initiative
from grobunn.initiatives.queries.at_hand import has_no
from grobunn.initiatives.states import UNFINISHED
from grobunn.kernel import clock
from grobunn.kernel.actors import Actor
from grobunn.organisations.models import RoleAssignment
from grobunn.organisations.queries import holds_on


def help_of(actor: Actor) -> Mapping[UUID, frozenset[str]]:
    """The initiatives that somebody helps today, with what; one SQL, kept on the actor for the rest of the request."""
    if not actor.is_authenticated or actor.pk is None:
        return {}
    today = clock.today()
    kept: tuple[date, dict[UUID, frozenset[str]]] | None = getattr(actor, "_helps", None)
    if kept is not None and kept[0] == today:
        return kept[1]
    kinds: dict[UUID, frozenset[str]] = {}
    with scopes_disabled():
        found = Helper.objects.filter(_lasts(), user_id=actor.pk).values_list("initiative_id", "kind")
        for initiative_id, kind in found:
            kinds[initiative_id] = kinds.get(initiative_id, frozenset()) | {kind}
    actor._helps = (today, kinds)  # type: ignore[attr-defined]
    return kinds


def forget_help(actor: Actor) -> None:
    """Read afresh what somebody helps, the next time it is asked for on this instance."""
    if hasattr(actor, "_helps"):
        del actor._helps


def helpers_of(initiative: Initiative) -> list[Helper]:
    """Who helps an initiative today, by kind of help and name. One SQL, none where it was read with nobody."""
    if has_no(initiative, "helpers"):
        return []
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
