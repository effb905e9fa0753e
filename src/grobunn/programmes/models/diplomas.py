"""The proof that somebody completed a cohort."""

from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from grobunn.kernel import clock, ids
from grobunn.organisations.models import Municipality
from grobunn.programmes.models.enrolments import Enrolment


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
