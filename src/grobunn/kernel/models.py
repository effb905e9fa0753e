"""Rows that belong to no feature: history of states, the audit trail, requests already answered."""

from typing import TYPE_CHECKING
from uuid import UUID

import pgtrigger
from django.db import models

from grobunn.kernel import clock, ids


class ActorKind(models.TextChoices):
    """Who acted; the person, if any, stands in `actor_id`."""

    USER = "user"
    RECEIPT = "receipt"
    ANONYMOUS = "anonymous"
    SYSTEM = "system"


class StatefulModel(models.Model):
    """What a state machine moves. A concrete model adds `state`, with a check on its enum, and its tenant."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    state_since = models.DateTimeField(default=clock.now)

    if TYPE_CHECKING:
        state: str
        municipality_id: UUID

    class Meta:
        abstract = True


class StateChange(models.Model):
    """One step in an object's life. Never edited, never removed but with its object."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    machine = models.CharField(max_length=50)
    subject_id = models.UUIDField()
    municipality_id = models.UUIDField()
    edge = models.CharField(max_length=50)
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30)
    actor_id = models.UUIDField(null=True, blank=True)
    actor_kind = models.CharField(max_length=10, choices=ActorKind)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    before = models.JSONField(default=dict, help_text="Values that the step overwrote, for undoing it.")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "id"], name="statechange_life"),
            # A log across objects, the latest first: 25 ms without it among 100,000 steps, 0.2 ms with it.
            models.Index(fields=["municipality_id", "machine", "-at", "-id"], name="statechange_latest"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(actor_kind__in=ActorKind.values), name="statechange_actor_kind")
        ]
        triggers = [pgtrigger.Protect(name="never_edited", operation=pgtrigger.Update)]


class AuditEntry(models.Model):
    """One line of the audit trail, append-only in the database itself."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    action = models.CharField(max_length=80)
    actor_id = models.UUIDField(null=True, blank=True)
    actor_kind = models.CharField(max_length=10, choices=ActorKind)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=60, blank=True)
    municipality_id = models.UUIDField(null=True, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["subject_id", "id"], name="audit_subject")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class AnsweredRequest(models.Model):
    """A write that was answered under an idempotency key: asked again, it gives the same answer and does nothing.

    Kept for 48 hours; the key is hashed together with who asked.
    """

    key = models.CharField(max_length=64, primary_key=True)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    content = models.BinaryField(default=b"")
    at = models.DateTimeField(default=clock.now, db_index=True)


class RateBucket(models.Model):
    """How often something was asked for in a window of time. The key is a keyed hash: nobody can be read out of it.

    The table is not logged (it need not survive a crash); its rows end with their window.
    """

    key = models.CharField(max_length=64, primary_key=True)
    ends_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()
