"""What is said of impartiality, and what was decided about it."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import ScopedManager

from grobunn.juries.grounds import FoundBy, Ground
from grobunn.juries.models.panels import Entry, Member
from grobunn.kernel import clock, ids
from grobunn.organisations.models import Municipality


class Declaration(models.Model):
    """What a member says of an entry: no relation, or on which ground there is one."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    ground = models.CharField(_("relation"), max_length=12, choices=Ground, blank=True, help_text="Empty: no relation.")
    text = models.CharField(_("what relation it is"), max_length=1000, blank=True)
    legal_basis = models.CharField(max_length=20, help_text="Edition of the law (`legal.py`).")
    declared_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["Declaration"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "entry"], name="declaration_of_member_once"),
            models.CheckConstraint(condition=Q(ground__in=["", *Ground.values]), name="declaration_ground"),
        ]


class ConflictState(models.TextChoices):
    """What became of a possible conflict."""

    OPEN = "open", _("To be assessed")
    CONFIRMED = "confirmed", _("Confirmed: disqualified")
    DISMISSED = "dismissed", pgettext_lazy("conflict", "Dismissed: impartial")


class Conflict(models.Model):
    """A possible reason for a member to stand aside from an entry; the panel decides about it without that member."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    found_by = models.CharField(max_length=10, choices=FoundBy)
    ground = models.CharField(max_length=12, choices=Ground)
    detail = models.CharField(
        max_length=1000, blank=True, help_text="What was found, in a sentence, or what was declared."
    )
    state = models.CharField(max_length=10, choices=ConflictState, default=ConflictState.OPEN)
    found_at = models.DateTimeField(default=clock.now)
    reason = models.CharField(_("why"), max_length=1000, blank=True)
    legal_basis = models.CharField(max_length=20, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    taken_by = ArrayField(models.UUIDField(), default=list, blank=True, help_text="Members who took part in deciding.")

    objects: ClassVar[models.Manager["Conflict"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "entry", "found_by"], name="conflict_once"),
            models.CheckConstraint(condition=Q(state__in=ConflictState.values), name="conflict_state"),
            models.CheckConstraint(
                condition=Q(state=ConflictState.OPEN) | (Q(decided_at__isnull=False) & ~Q(reason="")),
                name="conflict_decided_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(taken_by__contains=[F("member_id")]), name="conflict_decided_without_the_member"
            ),
        ]
        indexes = [models.Index(fields=["entry", "member"], name="conflict_of_entry")]


class StandIn(models.Model):
    """That a substitute judges an entry in place of a member."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    substitute = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    instead_of = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["StandIn"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "instead_of"], name="standin_for_a_member_once"),
            models.UniqueConstraint(fields=["entry", "substitute"], name="standin_of_a_substitute_once"),
        ]


class Assessment(models.Model):
    """One decision about a conflict: confirmed, dismissed, or taken up again. Kept beside what is decided now."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    conflict = models.ForeignKey(Conflict, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=10, choices=ConflictState, help_text="Open: taken up again.")
    reason = models.CharField(max_length=1000)
    legal_basis = models.CharField(max_length=20)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    taken_by = ArrayField(models.UUIDField(), default=list, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["Assessment"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        ordering = ("made_at", "id")
        constraints = [models.CheckConstraint(condition=Q(verdict__in=ConflictState.values), name="assessment_verdict")]
        indexes = [models.Index(fields=["conflict"], name="assessment_of_conflict")]
