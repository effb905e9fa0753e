"""Teams of a cohort: what they work on, how far they have come, what they hand in."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import ScopedManager

from grobunn.ideas.models import Idea
from grobunn.kernel import clock, ids
from grobunn.organisations.models import Municipality, Unit
from grobunn.programmes.models.enrolments import Enrolment
from grobunn.programmes.models.programmes import Cohort


class FormedBy(models.TextChoices):
    """How a team came about."""

    UNIT = "unit", _("by unit")
    INTEREST = "interest", _("by interest in an idea")
    HAND = "hand", pgettext_lazy("team", "by hand")


class Team(models.Model):
    """Some of a cohort who work on one idea."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=60)
    name = models.CharField(_("name"), max_length=120)
    formed_by = models.CharField(max_length=10, choices=FormedBy, default=FormedBy.HAND)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    method = models.SlugField(max_length=60)
    method_edition = models.PositiveIntegerField(default=1)
    phase = models.SlugField(max_length=60)
    moved_at = models.DateTimeField(default=clock.now, help_text="Last moved a phase, or handed something in.")
    pitched_at = models.DateTimeField(null=True, blank=True)
    dissolved_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    is_synthetic = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Team"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "slug"], name="team_slug_once"),
            models.UniqueConstraint(
                fields=["cohort", "idea"],
                condition=Q(idea__isnull=False, dissolved_at__isnull=True),
                name="team_for_an_idea_once",
            ),
        ]
        indexes = [models.Index(fields=["idea"], name="team_of_idea")]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """That a participant is on a team; on one only."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="+")
    is_lead = models.BooleanField(_("leads the team"), default=False)

    objects: ClassVar[models.Manager["TeamMember"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        indexes = [models.Index(fields=["team"], name="member_of_team")]


class Interest(models.Model):
    """That a participant would like to work on an idea."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField(default=1, help_text="1 is the first wish.")

    objects: ClassVar[models.Manager["Interest"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "idea"], name="interest_once")]


class HandIn(models.Model):
    """What a team handed in of a sort that its method asks for; handed in again, it is another edition."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    phase = models.SlugField(max_length=60)
    sort = models.SlugField(max_length=60, help_text="Key of the hand-in in the method.")
    edition = models.PositiveIntegerField(default=1)
    text = models.TextField(max_length=20_000, blank=True)
    file = models.FileField(upload_to="programmes/", blank=True)
    name = models.CharField(max_length=200, blank=True, help_text="Of the file, as it was sent.")
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    key = models.UUIDField(null=True, blank=True, unique=True)

    objects: ClassVar[models.Manager["HandIn"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "sort", "edition"], name="handin_edition_once"),
            models.CheckConstraint(condition=~Q(text="") | ~Q(file=""), name="handin_is_something"),
        ]
