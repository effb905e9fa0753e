"""Who was there, what makes up for a missed gathering, what they thought of it, and the proof of completion."""

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


class EvaluationGiven(models.Model):
    """That somebody has answered about a gathering, kept apart from what was answered."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="+")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[models.Manager["EvaluationGiven"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "enrolment"], name="evaluation_given_once")]


class EvaluationAnswer(models.Model):
    """What somebody answered: no name, no time, and an id that tells no order."""

    id = models.UUIDField(primary_key=True, default=ids.random_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="+")
    useful = models.PositiveSmallIntegerField(_("It is useful in my work"))
    learned = models.PositiveSmallIntegerField(_("I learned something new"))
    well_run = models.PositiveSmallIntegerField(_("It was well run"))
    best = models.TextField(_("What was best?"), max_length=2000, blank=True)
    better = models.TextField(_("What would you change?"), max_length=2000, blank=True)

    objects: ClassVar[models.Manager["EvaluationAnswer"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(useful__range=(1, 5), learned__range=(1, 5), well_run__range=(1, 5)),
                name="evaluation_from_one_to_five",
            )
        ]


class Diploma(models.Model):
    """The proof that somebody completed a cohort; its number can be checked by whoever is shown it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=20, unique=True)
    issued_on = models.DateField(default=clock.today)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Diploma"]] = ScopedManager(municipality="municipality_id")
