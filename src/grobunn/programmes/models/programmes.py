"""A programme, and the cohorts that it runs in."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import ScopedManager

from grobunn.kernel import clock, ids
from grobunn.kernel.models import StatefulModel
from grobunn.organisations.models import Municipality
from grobunn.programmes.states import CohortState


class ProgrammeKind(models.TextChoices):
    """What sort of thing it is."""

    PROGRAMME = "programme", _("Leadership programme")
    EVENT = "event", _("Annual event")
    FOLLOW_ON = "follow_on", _("Follow-on programme")
    ACCELERATOR = "accelerator", pgettext_lazy("programme", "Accelerator")


class Programme(models.Model):
    """What is offered, again and again."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=ProgrammeKind, default=ProgrammeKind.PROGRAMME)
    name = models.CharField(_("name"), max_length=120)
    purpose = models.TextField(_("what it is for"), max_length=4000, blank=True)
    guiding_question = models.CharField(_("guiding question"), max_length=400, blank=True)
    derives_from = models.CharField(
        _("decision behind it"), max_length=400, blank=True, help_text="Such as the council's decision, in a sentence."
    )
    audience = models.CharField(_("for whom"), max_length=200, blank=True)
    source = models.CharField(max_length=400, blank=True, help_text="Where what is said of it comes from.")
    follows = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_open = models.BooleanField(
        _("everybody may read about it"), default=True, help_text="Its name, purpose and dates, never who takes part."
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(null=True, blank=True, unique=True, help_text="Of the form: sent twice, it is made once.")
    is_synthetic = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Programme"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "slug"], name="programme_slug_once"),
            models.CheckConstraint(condition=Q(kind__in=ProgrammeKind.values), name="programme_kind"),
        ]

    def __str__(self) -> str:
        return self.name


def _feed_key() -> str:
    return secrets.token_urlsafe(24)


class Cohort(StatefulModel):
    """One run of a programme."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=60)
    name = models.CharField(_("name"), max_length=120)
    state = models.CharField(max_length=20, choices=CohortState, default=CohortState.PLANNED)
    places = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text="None: no limit.")
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    method = models.SlugField(_("method of the teams"), max_length=60, blank=True)
    method_edition = models.PositiveIntegerField(default=1)
    needs_pitch = models.BooleanField(_("completing asks for a pitch"), default=False)
    most_missed_days = models.PositiveSmallIntegerField(
        _("days that may be missed"), default=0, help_text="Of each required gathering, before it must be made up."
    )
    takes_alumni = models.BooleanField(
        _("those who completed what it follows after may take a place themselves"), default=False
    )
    feed_key = models.CharField(max_length=40, default=_feed_key, unique=True, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    key = models.UUIDField(null=True, blank=True, unique=True, help_text="Of the form: sent twice, it is made once.")
    is_synthetic = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Cohort"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="cohort_slug_once"),
            models.CheckConstraint(condition=Q(state__in=CohortState.values), name="cohort_state"),
        ]
        indexes = [models.Index(fields=["municipality", "-made_at"], name="cohort_newest")]

    def __str__(self) -> str:
        return self.name
