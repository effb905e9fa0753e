"""The day, its order, and questions from the room."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import ScopedManager

from grobunn.juries.models import Entry, Panel
from grobunn.kernel import clock, ids
from grobunn.kernel.models import StatefulModel
from grobunn.organisations.models import Municipality
from grobunn.pitching.states import ON_STAGE, DayState, SlotState
from grobunn.programmes.models import Cohort, Team


def _watch_key() -> str:
    return secrets.token_urlsafe(18)


class PitchDay(StatefulModel):
    """The day on which the teams of a cohort pitch to a panel."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    panel = models.OneToOneField(Panel, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    slug = models.SlugField(max_length=60)
    name = models.CharField(_("name"), max_length=120)
    state = models.CharField(max_length=20, choices=DayState, default=DayState.PLANNED)
    on = models.DateField(_("day"))
    starts = models.TimeField(_("from"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    video_url = models.URLField(_("video link"), blank=True)
    pitch_minutes = models.PositiveSmallIntegerField(_("minutes for a pitch"), default=5)
    question_minutes = models.PositiveSmallIntegerField(_("minutes for questions"), default=5)
    takes_questions = models.BooleanField(_("watchers may ask"), default=True)
    watch_key = models.CharField(
        max_length=40, default=_watch_key, unique=True, editable=False, help_text="Whoever has the link may watch."
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    key = models.UUIDField(null=True, blank=True, unique=True, help_text="Of the form: sent twice, it is made once.")
    is_synthetic = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["PitchDay"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "slug"], name="pitchday_slug_once"),
            models.CheckConstraint(condition=Q(state__in=DayState.values), name="pitchday_state"),
        ]
        indexes = [models.Index(fields=["municipality", "-on"], name="pitchday_newest")]

    def __str__(self) -> str:
        return self.name


class Slot(StatefulModel):
    """A team's place in the order of the day."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    day = models.ForeignKey(PitchDay, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=SlotState, default=SlotState.WAITING)
    began_at = models.DateTimeField(null=True, blank=True, help_text="When the present part (pitch, questions) began.")
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_seconds = models.PositiveIntegerField(default=0)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Slot"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["day", "team"], name="slot_of_team_once"),
            models.UniqueConstraint(
                fields=["day", "position"], name="slot_position_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["day"], condition=Q(state__in=ON_STAGE), name="one_slot_on_stage"),
            models.CheckConstraint(condition=Q(state__in=SlotState.values), name="slot_state"),
        ]


class QuestionState(models.TextChoices):
    """What became of a question from the room."""

    ASKED = "asked", pgettext_lazy("question", "New")
    CHOSEN = "chosen", _("To be asked")
    ANSWERED = "answered", pgettext_lazy("question", "Answered")
    HIDDEN = "hidden", pgettext_lazy("question", "Put aside")


class Question(models.Model):
    """What a watcher asks a team."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(_("question"), max_length=300)
    state = models.CharField(max_length=10, choices=QuestionState, default=QuestionState.ASKED)
    asked_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["Question"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=QuestionState.values), name="question_state")]
        indexes = [models.Index(fields=["slot", "asked_at"], name="question_of_slot")]
