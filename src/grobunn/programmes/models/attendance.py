"""Who was there, and what makes up for a missed gathering."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from grobunn.kernel import clock, ids
from grobunn.organisations.models import Municipality
from grobunn.programmes.models.enrolments import Enrolment
from grobunn.programmes.models.gatherings import Day, Gathering


class Via(models.TextChoices):
    """How attendance was told."""

    LIST = "list", _("list")
    CODE = "code", _("code on the wall")
    IMPORT = "import", _("file")


class Mark(models.Model):
    """One mark as it was made: never edited. Its id is made on the device."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="+")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    is_present = models.BooleanField()
    via = models.CharField(max_length=10, choices=Via, default=Via.LIST)
    made_at = models.DateTimeField(help_text="By the device's clock, set right by the server's.")
    received_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager["Mark"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        indexes = [models.Index(fields=["day", "enrolment"], name="mark_of_day")]
        triggers = [
            pgtrigger.Protect(name="never_edited", operation=pgtrigger.UpdateOf("is_present", "made_at", "via"))
        ]


class Attendance(models.Model):
    """What the last mark says."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="+")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    is_present = models.BooleanField()
    made_at = models.DateTimeField()
    mark_id = models.UUIDField()

    objects: ClassVar[models.Manager["Attendance"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "enrolment"], name="attendance_once")]
        indexes = [models.Index(fields=["enrolment"], name="attendance_of_enrolment")]


class MakeUp(models.Model):
    """What counts for a gathering that somebody missed."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="+", help_text="The missed one.")
    attended = models.ForeignKey(
        Gathering,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The same topic in another cohort.",
    )
    text = models.TextField(_("what was done instead"), max_length=4000, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["MakeUp"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "gathering"], name="makeup_once"),
            models.CheckConstraint(condition=Q(attended__isnull=False) | ~Q(text=""), name="makeup_says_what"),
        ]
