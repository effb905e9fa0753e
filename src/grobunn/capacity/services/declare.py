"""Says how much there is: declared by those who own it, raised by whoever may when a claim needs it."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.capacity.claims import Claim
from grobunn.capacity.errors import QuarterHasPassed, RaiseMustRaise
from grobunn.capacity.events import CapacityRaised
from grobunn.capacity.models import Declaration, Declared, Source
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.services.reserve import lock_sources, tell_freed
from grobunn.capacity.words import amount_words
from grobunn.kernel import audit, events, permissions
from grobunn.kernel.actors import Actor


def declare(source: Source, *, amounts: Mapping[Quarter, Decimal], actor: Actor, reason: str = "") -> list[Declared]:
    """Say how much there is of a source in some quarters; what is the same as before is left alone.

    Less than is reserved may be said: it shows as "over" and nothing new gets in.
    Returns: what was changed, in the order of quarters.
    Raises:  QuarterHasPassed, PermissionDenied.
    Effects: rows, audit; CapacityFreed where there is more than before.
    """
    permissions.check("capacity.declare", actor, source)
    return _declare(source, amounts=amounts, actor=actor, reason=reason.strip())


def raise_capacity(
    source: Source, *, quarter: Quarter, amount: Decimal, reason: str, actor: Actor, claim: Claim | None = None
) -> Declared:
    """Say that there is more than was declared, because something needs it, and why.

    Raises:  RaiseMustRaise, QuarterHasPassed, PermissionDenied.
    Effects: rows, audit, CapacityRaised, CapacityFreed.
    """
    permissions.check("capacity.raise", actor, source)
    if not reason.strip():
        raise RaiseMustRaise(_("Say why there is more: those who plan read it later."))
    with transaction.atomic():
        told = _declare(source, amounts={quarter: amount}, actor=actor, reason=reason.strip(), claim=claim, up=True)
        events.publish(
            CapacityRaised(municipality_id=source.municipality_id, source_id=source.pk, declared_id=told[0].pk)
        )
    return told[0]


def _declare(
    source: Source,
    *,
    amounts: Mapping[Quarter, Decimal],
    actor: Actor,
    reason: str,
    claim: Claim | None = None,
    up: bool = False,
) -> list[Declared]:
    if any(quarter < Quarter.now() for quarter in amounts):
        raise QuarterHasPassed(_("The quarter has passed: what was declared for it stands."))
    told: list[Declared] = []
    with transaction.atomic(), scope(municipality=source.municipality_id):
        lock_sources([source.pk])
        days = [quarter.first_day for quarter in amounts]
        present = dict(
            Declaration.objects.filter(source=source, quarter_on__in=days).values_list("quarter_on", "amount")
        )
        for quarter, amount in sorted(amounts.items()):
            before = present.get(quarter.first_day)
            if up and amount <= (before or 0):
                raise RaiseMustRaise(
                    _("There is %(amount)s already. Give a higher figure.")
                    % {"amount": amount_words(before or Decimal())}
                )
            if before == amount:
                continue
            Declaration.objects.update_or_create(
                source=source,
                quarter_on=quarter.first_day,
                defaults={"municipality_id": source.municipality_id, "amount": amount},
            )
            told.append(_record(source, quarter, before, amount, actor=actor, reason=reason, claim=claim, up=up))
        if any(each.after > (each.before or 0) for each in told):
            tell_freed([source.pk])
    return told


def _record(
    source: Source,
    quarter: Quarter,
    before: Decimal | None,
    after: Decimal,
    *,
    actor: Actor,
    reason: str,
    claim: Claim | None,
    up: bool,
) -> Declared:
    audit.record(
        "capacity.raise" if up else "capacity.declare",
        actor=actor,
        subject=source,
        municipality_id=source.municipality_id,
        data={"quarter": quarter.code, "before": str(before) if before is not None else None, "after": str(after)},
    )
    return Declared.objects.create(
        municipality_id=source.municipality_id,
        source=source,
        quarter_on=quarter.first_day,
        before=before,
        after=after,
        is_raise=up,
        reason=reason,
        claim_sort=claim.sort if claim else "",
        claim_id=claim.id if claim else None,
        by_id=actor.pk,
    )
