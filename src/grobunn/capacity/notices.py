"""Who is told what about capacity: the kind of notice, its receivers, its key."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.capacity.addresses import source_page
from grobunn.capacity.claims import described
from grobunn.capacity.models import Declared
from grobunn.capacity.quarters import Quarter
from grobunn.notifications.kinds import Kind
from grobunn.notifications.services.notify import notify
from grobunn.organisations.models import Role
from grobunn.organisations.queries import holder_of, next_leader

KINDS = (
    Kind(
        name="capacity.raised",
        label=_("Somebody raised the capacity"),
        description=_("When there is said to be more capacity in your unit or below it, because something needs it."),
        template="capacity/notices/raised",
    ),
)


def tell_of_raise(declared_id: UUID, *, about: UUID) -> None:
    """Tell the leader of the unit whose capacity it is and the one above; not whoever did it."""
    with scopes_disabled():
        rows = Declared.objects.select_related("source__unit", "source__municipality", "by")
        told = rows.filter(pk=declared_id).first()
        if told is None:
            return  # Its source has been removed meanwhile.
        source = told.source
        owner = holder_of(Role.UNIT_LEADER, source.unit, municipality=source.municipality)
        above = next_leader(source.unit, owner.role, municipality=source.municipality)
        receivers = {holder.user.pk: holder.user for holder in (owner, above) if holder.user is not None}
        for user in receivers.values():
            if user.pk != told.by_id:
                _tell(told, user, about=about)


def _tell(told: Declared, user: User, *, about: UUID) -> None:
    claims = [(told.claim_sort, told.claim_id)] if told.claim_id else []
    claim = next(iter(described(claims, actor=user).values()), None)
    notify(
        "capacity.raised",
        to=user,
        municipality_id=told.municipality_id,
        thread_key=f"capacity:{told.source_id}",
        data={
            "source": told.source.name,
            "unit": told.source.unit.name,
            "quarter": Quarter.of(told.quarter_on).code,
            "kind": told.source.kind,
            "before": str(told.before or 0),
            "after": str(told.after),
            "words": told.reason,
            "by": str(told.by) if told.by else "",
            "claim": claim.title if claim else "",
        },
        url=source_page(told.source),
        key=f"capacity.raised:{about}:user:{user.pk}",
    )
