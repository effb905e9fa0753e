"""When a cohort meets, where, about what, and who leads it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from grobunn.kernel import clock, ids
from grobunn.organisations.models import Municipality
from grobunn.programmes.models.programmes import Cohort


class Gathering(models.Model):
    """Days together about one topic."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    topic = models.SlugField(max_length=60, help_text="The same across cohorts: one makes up for another.")
    title = models.CharField(_("title"), max_length=120)
    about = models.TextField(_("what it is about"), max_length=4000, blank=True)
    is_about_innovation = models.BooleanField(_("about innovation"), default=False)
    is_required = models.BooleanField(_("needed to complete"), default=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    video_url = models.URLField(_("video link"), blank=True)
    places = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text="None: as many as the cohort.")
    sequence = models.PositiveIntegerField(default=0, help_text="Of the calendar entry: one more with each change.")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(_("why"), max_length=400, blank=True)
    code_secret = models.CharField(max_length=40, blank=True, help_text="What the code on the wall is made from.")
    reminded_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Gathering"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["cohort", "topic"], name="gathering_topic_once")]

    def __str__(self) -> str:
        return self.title


class Day(models.Model):
    """A day of a gathering."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="+")
    on = models.DateField(_("day"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))

    objects: ClassVar[models.Manager["Day"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        ordering = ("on", "starts")
        constraints = [
            models.UniqueConstraint(fields=["gathering", "on"], name="day_of_gathering_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="day_ends_after_it_starts"),
        ]


class Session(models.Model):
    """What is on the programme of a day."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="+")
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    title = models.CharField(_("title"), max_length=120)
    who = models.CharField(_("who leads it"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["Session"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        ordering = ("starts", "id")


class Facilitator(models.Model):
    """Somebody who leads a gathering: a colleague, or somebody from elsewhere by name."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=150, blank=True)

    objects: ClassVar[models.Manager["Facilitator"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "user"], condition=Q(user__isnull=False), name="facilitator_once"
            )
        ]


class Material(models.Model):
    """Something to read or bring: a file or a link."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    url = models.URLField(_("link"), blank=True)
    file = models.FileField(upload_to="programmes/", blank=True)
    name = models.CharField(max_length=200, blank=True, help_text="Of the file, as it was sent.")
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    key = models.UUIDField(null=True, blank=True, unique=True)

    objects: ClassVar[models.Manager["Material"]] = ScopedManager(municipality="municipality_id")
