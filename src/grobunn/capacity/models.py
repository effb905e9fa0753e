"""Sources of capacity, what is declared of them, and who holds what."""

from decimal import Decimal
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from grobunn.capacity.kinds import Kind
from grobunn.kernel import clock, ids
from grobunn.organisations.models import Municipality, Unit

_FIRST_DAY = Q(quarter_on__month__in=[1, 4, 7, 10], quarter_on__day=1)

# The service counts under a lock and says what is missing; this counts again, whoever writes.
_NEVER_BEYOND = """
    IF TG_OP = 'UPDATE' AND NEW.amount <= OLD.amount
       AND NEW.source_id = OLD.source_id AND NEW.quarter_on = OLD.quarter_on THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM capacity_source WHERE id = NEW.source_id FOR NO KEY UPDATE;
    IF NEW.amount + (
        SELECT COALESCE(SUM(amount), 0) FROM capacity_reservation
         WHERE source_id = NEW.source_id AND quarter_on = NEW.quarter_on AND id <> NEW.id
    ) > (
        SELECT COALESCE(SUM(amount), 0) FROM capacity_declaration
         WHERE source_id = NEW.source_id AND quarter_on = NEW.quarter_on
    ) THEN
        RAISE EXCEPTION 'More is reserved of source % than is declared.', NEW.source_id
              USING ERRCODE = 'check_violation', CONSTRAINT = 'capacity_exceeded';
    END IF;
    RETURN NEW;
"""


def _amount(**options: Any) -> "models.DecimalField[Decimal, Decimal]":
    return models.DecimalField(max_digits=14, decimal_places=2, validators=[MinValueValidator(0)], **options)


class Source(models.Model):
    """Somebody's capacity to help, of one kind, in one unit."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", help_text="Whose capacity it is.")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=100)
    is_shared = models.BooleanField(
        _("for the whole municipality"), default=False, help_text="Else for its own unit and those below it."
    )
    closed_on = models.DateField(null=True, blank=True, help_text="From then on nothing new is reserved of it.")
    is_synthetic = models.BooleanField(default=False)
    key = models.UUIDField(default=ids.new_id, unique=True, help_text="Of the form: sent twice, it is kept once.")

    objects: ClassVar[models.Manager["Source"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "name"], name="source_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="source_kind"),
        ]
        indexes = [models.Index(fields=["municipality", "unit"], name="source_of_municipality")]

    def __str__(self) -> str:
        return self.name


class Share(models.Model):
    """That another municipality may draw on a source."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+", help_text="The owner.")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    guest = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+", help_text="Who may draw on it.")

    objects: ClassVar[models.Manager["Share"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "guest"], name="share_once"),
            models.CheckConstraint(condition=~Q(guest=models.F("municipality")), name="share_with_another"),
        ]
        indexes = [models.Index(fields=["guest"], name="share_of_guest")]


class Declaration(models.Model):
    """What there is of a source in a quarter. What is not declared is nothing."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    quarter_on = models.DateField(help_text="First day of the quarter.")
    amount = _amount()

    objects: ClassVar[models.Manager["Declaration"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "quarter_on"], name="declaration_once"),
            models.CheckConstraint(condition=_FIRST_DAY, name="declaration_quarter"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="declaration_not_negative"),
        ]


class Declared(models.Model):
    """That somebody said how much there is: never edited. A raise says why."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    quarter_on = models.DateField()
    before = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    after = _amount()
    is_raise = models.BooleanField(default=False, help_text="Whether it was raised because a claim needed it.")
    reason = models.TextField(max_length=2000, blank=True)
    claim_sort = models.CharField(max_length=30, blank=True)
    claim_id = models.UUIDField(null=True, blank=True, help_text="What needed it.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["Declared"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(is_raise=False) | ~Q(reason=""), name="declared_raise_says_why"),
        ]
        indexes = [models.Index(fields=["source", "quarter_on", "id"], name="declared_of_source")]


class Reservation(models.Model):
    """What a claim holds of a source in a quarter."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", help_text="Of the claim; the source may be another's."
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    quarter_on = models.DateField(help_text="First day of the quarter.")
    claim_sort = models.CharField(max_length=30)
    claim_id = models.UUIDField()
    amount = _amount()

    objects: ClassVar[models.Manager["Reservation"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "quarter_on", "claim_id"], name="reservation_once"),
            models.CheckConstraint(condition=_FIRST_DAY, name="reservation_quarter"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="reservation_holds_something"),
        ]
        indexes = [models.Index(fields=["claim_id", "quarter_on"], name="reservation_of_claim")]
        triggers = [
            pgtrigger.Trigger(
                name="never_beyond_what_is_declared",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("amount", "source_id", "quarter_on"),
                func=_NEVER_BEYOND,
            )
        ]


class Want(models.Model):
    """A place in the queue: what a claim would need, from which quarter, and since when it waits.

    `claim_id` is of what waits (an idea); gone from here when it got room or no longer asks.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    claim_sort = models.CharField(max_length=30)
    claim_id = models.UUIDField(unique=True)
    since = models.DateTimeField(default=clock.now)
    first_quarter_on = models.DateField(
        null=True, blank=True, help_text="Not before this quarter; none: as soon as there is room."
    )
    called_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was told that there is room; kept for it until it is answered."
    )
    called_for_on = models.DateField(null=True, blank=True, help_text="The quarter in which there is room for it.")

    objects: ClassVar[models.Manager["Want"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(called_at__isnull=True, called_for_on__isnull=True)
                | Q(called_at__isnull=False, called_for_on__isnull=False),
                name="want_called_for_a_quarter",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "since", "id"], name="want_in_order")]


class WantLine(models.Model):
    """One line of what a waiting claim needs: so much of a source, so many quarters after it begins."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    want = models.ForeignKey(Want, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    quarters_in = models.PositiveSmallIntegerField(default=0)
    amount = _amount()

    objects: ClassVar[models.Manager["WantLine"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["want", "source", "quarters_in"], name="want_line_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="want_line_wants_something"),
        ]


class HoursUsed(models.Model):
    """Hours that somebody told of having helped a claim in a week. Summed up by claim, never by person."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", help_text="Of the claim."
    )
    claim_sort = models.CharField(max_length=30)
    claim_id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=Kind)
    source = models.ForeignKey(
        Source, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="Whose hours they are."
    )
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    week_on = models.DateField(help_text="Monday of the week.")
    hours = models.DecimalField(max_digits=5, decimal_places=2, validators=[MinValueValidator(0)])

    objects: ClassVar[models.Manager["HoursUsed"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim_id", "helper", "kind", "week_on"],
                condition=Q(helper__isnull=False),
                name="hours_used_told_once",
            ),
            models.CheckConstraint(condition=Q(hours__gte=0), name="hours_used_not_negative"),
            models.CheckConstraint(condition=Q(week_on__iso_week_day=1), name="hours_used_week"),
        ]
        indexes = [
            models.Index(fields=["claim_id", "week_on"], name="hours_used_for_claim"),
            models.Index(fields=["source", "week_on"], name="hours_used_of_source"),
        ]
