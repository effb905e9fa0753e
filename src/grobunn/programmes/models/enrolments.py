"""Somebody's place in a cohort."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from grobunn.kernel import clock, ids
from grobunn.kernel.models import StatefulModel
from grobunn.organisations.models import Municipality, Unit
from grobunn.programmes.models.programmes import Cohort
from grobunn.programmes.states import EnrolmentState


class Enrolment(StatefulModel):
    """A place, or the wish for one. Known by the e-mail address until there is an account of that address."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=EnrolmentState, default=EnrolmentState.INVITED)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    leader_level = models.PositiveSmallIntegerField(_("leader level"), null=True, blank=True)
    organisation = models.CharField(_("organisation"), max_length=150, blank=True, help_text="Of an external.")
    is_external = models.BooleanField(default=False)
    invited_at = models.DateTimeField(default=clock.now)
    in_line_since = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    feed_key = models.CharField(max_length=40, unique=True, null=True, blank=True, editable=False)
    is_synthetic = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Enrolment"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "email"], name="enrolment_email_once"),
            models.UniqueConstraint(
                fields=["cohort", "user"], condition=Q(user__isnull=False), name="enrolment_user_once"
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="enrolment_email_in_lower_case"),
            models.CheckConstraint(condition=Q(state__in=EnrolmentState.values), name="enrolment_state"),
            models.CheckConstraint(
                condition=~Q(state=EnrolmentState.WAITING) | Q(in_line_since__isnull=False),
                name="enrolment_in_line_since_when",
            ),
        ]
        indexes = [
            models.Index(fields=["cohort", "state", "in_line_since"], name="enrolment_of_cohort"),
            models.Index(fields=["user"], condition=Q(user__isnull=False), name="enrolment_of_user"),
            models.Index(F("municipality"), F("unit"), name="enrolment_of_unit"),
        ]

    def __str__(self) -> str:
        return self.name


class EnrolmentFile(models.Model):
    """A file of people to enrol, between its preview and its import; removed by the import or after a day."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    takes_in = models.BooleanField(default=False, help_text="At once, without asking them first.")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["EnrolmentFile"]] = ScopedManager(municipality="municipality_id")
