"""The audit trail: who did what to which object, append-only, without the words of the object itself."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Model

from grobunn.kernel import clock
from grobunn.kernel.actors import Actor, ReceiptHolder, SystemActor
from grobunn.kernel.models import ActorKind, AuditEntry


def kind_of(actor: Actor) -> str:
    """What sort of actor it is; nothing of an anonymous one is kept but that."""
    if isinstance(actor, SystemActor):
        return ActorKind.SYSTEM
    if isinstance(actor, ReceiptHolder):
        return ActorKind.RECEIPT
    return ActorKind.USER if actor.is_authenticated else ActorKind.ANONYMOUS


def record(
    action: str,
    *,
    actor: Actor,
    subject: Model | None = None,
    municipality_id: UUID | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Write one line of the audit trail.

    Takes: action, `feature.verb`; data, ids and codes only, never free text or names.
    """
    AuditEntry.objects.create(
        at=clock.now(),
        action=action,
        actor_id=actor.pk,
        actor_kind=kind_of(actor),
        subject_type=subject._meta.label if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        municipality_id=municipality_id,
        data=dict(data or {}),
    )
