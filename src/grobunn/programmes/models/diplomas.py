"""The proof that somebody completed a cohort."""

from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from grobunn.kernel import clock, ids
from grobunn.organisations.models import Municipality
from grobunn.programmes.models.enrolments import Enrolment
from grobunn.programmes.models.programmes import Cohort


class Diploma(models.Model):
    """Proves that somebody completed a cohort; its number can be checked by whoever is shown it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=20, unique=True)
    issued_on = models.DateField(default=clock.today)
    gatherings = models.JSONField(
        default=list, help_text="What was attended, as it was when the diploma was issued: marks are forgotten earlier."
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Diploma"]] = ScopedManager(municipality="municipality_id")


class DiplomaFile(models.Model):
    """All diplomas of a cohort in one PDF: made in the background, removed after a day."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    made_at = models.DateTimeField(null=True, blank=True, help_text="None: being made.")
    content = models.BinaryField(default=bytes)
    count = models.PositiveIntegerField(default=0, help_text="How many diplomas are in it.")
    fingerprint = models.CharField(max_length=64, blank=True, help_text="Of what they said when it was made.")

    objects: ClassVar[models.Manager["DiplomaFile"]] = ScopedManager(municipality="municipality_id")
