"""An initiative, and the ideas that feed it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from grobunn.ideas.models import Idea, Visibility
from grobunn.initiatives.states import FINISHED, UNFINISHED, InitiativeState
from grobunn.kernel import clock, ids
from grobunn.kernel.models import StatefulModel
from grobunn.methods.stages import Stage
from grobunn.organisations.models import LEADER_LINE, Municipality, Role, Unit

TITLE_LENGTH = 120


class Signal(models.TextChoices):
    """How it goes, in a colour and a shape."""

    GOOD = "good", _("Goes as planned")
    WATCH = "watch", _("Needs attention")
    STUCK = "stuck", _("Stuck: needs a decision")


class NumberSeries(models.Model):
    """The number of a municipality's last initiative; locked while the next one is made."""

    municipality = models.OneToOneField(
        Municipality, on_delete=models.CASCADE, related_name="+", primary_key=True, editable=False
    )
    last = models.PositiveIntegerField(default=0)


class Initiative(StatefulModel):
    """An accepted idea as work: who owns it, by what method, in which phase, and how it goes."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=20, choices=InitiativeState, default=InitiativeState.UNDERWAY)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    summary = models.TextField(_("what it is, in a few sentences"), max_length=4000, blank=True)
    hypothesis = models.CharField(_("hoped-for benefit, in one sentence"), max_length=400)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", help_text="The unit that carries it.")
    visibility = models.CharField(max_length=20, choices=Visibility, default=Visibility.MUNICIPALITY)
    started_at = models.DateTimeField(default=clock.now)
    first_quarter_on = models.DateField(help_text="First day of the quarter in which work begins.")
    external_id = models.CharField(max_length=100, blank=True)
    key = models.UUIDField(null=True, blank=True, help_text="Of the form: sent twice, it is started once.")
    is_synthetic = models.BooleanField(default=False)

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    owner_role = models.CharField(max_length=30, choices=Role)
    owner_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    is_owner_asked = models.BooleanField(
        default=False, help_text="Whether the owner got it from somebody who left, and has not said yes yet."
    )

    owner_asked_at = models.DateTimeField(null=True, blank=True)
    owner_reminded_at = models.DateTimeField(null=True, blank=True)
    owner_escalated_at = models.DateTimeField(null=True, blank=True, help_text="When the leader above was told.")

    method = models.SlugField(max_length=60)
    method_edition = models.PositiveIntegerField(default=1)
    phase = models.SlugField(max_length=60)
    stage = models.CharField(max_length=20, choices=Stage)
    stage_since = models.DateTimeField(default=clock.now)

    signal = models.CharField(max_length=10, choices=Signal, default=Signal.GOOD)
    status = models.CharField(_("how it goes, in one sentence"), max_length=300, blank=True)
    status_at = models.DateTimeField(null=True, blank=True)
    report_weeks = models.PositiveSmallIntegerField(
        _("weeks between reports"), default=4, help_text="From 1 to 12; 0 where none is asked for."
    )
    report_due_on = models.DateField(null=True, blank=True)
    report_reminded_at = models.DateTimeField(null=True, blank=True)
    report_missed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the owner was told that the report is overdue."
    )
    report_escalated_at = models.DateTimeField(
        null=True, blank=True, help_text="When the leader above was told that it has not come."
    )

    paused_until = models.DateField(null=True, blank=True)
    asked_to_resume_on = models.DateField(
        null=True, blank=True, help_text="The day on hold until which the owner was asked whether it goes on."
    )
    runs_role = models.CharField(max_length=30, choices=Role, blank=True)
    runs_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    operates_since = models.DateField(null=True, blank=True)
    tried = models.TextField(_("what we tried"), max_length=4000, blank=True)
    learned = models.TextField(_("what we learned"), max_length=4000, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    ideas = models.ManyToManyField(Idea, through="Feed", related_name="+")

    objects: ClassVar[models.Manager["Initiative"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(key__isnull=False), name="initiative_key_once"),
            models.UniqueConstraint(
                fields=["municipality", "external_id"],
                condition=~Q(external_id=""),
                name="initiative_external_id_once",
            ),
            models.CheckConstraint(condition=Q(state__in=InitiativeState.values), name="initiative_state"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="initiative_stage"),
            models.CheckConstraint(condition=Q(signal__in=Signal.values), name="initiative_signal"),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="initiative_visibility"),
            models.CheckConstraint(
                # Where nobody of the line is left, the innovation adviser keeps the place, and can only pass it on.
                condition=Q(owner_role__in=LEADER_LINE) | Q(owner_role=Role.INNOVATION_ADVISER, is_owner_asked=True),
                name="initiative_owner_is_in_the_line",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=UNFINISHED) | Q(owner__isnull=False), name="initiative_never_ownerless"
            ),
            models.CheckConstraint(condition=~Q(hypothesis=""), name="initiative_has_a_hypothesis"),
            models.CheckConstraint(
                condition=~Q(state=InitiativeState.PAUSED) | Q(paused_until__isnull=False),
                name="initiative_paused_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=InitiativeState.OPERATING)
                | (Q(operates_since__isnull=False, runs_unit__isnull=False) & ~Q(runs_role="")),
                name="initiative_in_operation_says_who",
            ),
            models.CheckConstraint(
                condition=~Q(state=InitiativeState.LEARNED) | (~Q(tried="") & ~Q(learned="")),
                name="initiative_learned_says_what",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNFINISHED) | Q(ended_at__isnull=False), name="initiative_ended_says_when"
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "state", "stage"], name="initiative_of_stage"),
            models.Index(fields=["municipality", "-started_at", "-id"], name="initiative_newest"),
            models.Index(fields=["unit", "state"], name="initiative_of_unit"),
            models.Index(fields=["owner"], condition=Q(state__in=UNFINISHED), name="initiative_of_owner"),
            models.Index(
                fields=["report_due_on"], condition=Q(state=InitiativeState.UNDERWAY), name="initiative_report_due"
            ),
            models.Index(fields=["owner_asked_at"], condition=Q(is_owner_asked=True), name="initiative_owner_asked"),
            models.Index(
                fields=["paused_until"], condition=Q(state=InitiativeState.PAUSED), name="initiative_comes_back"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_finished(self) -> bool:
        """Whether it has come to one of its two good ends."""
        return self.state in FINISHED

    @property
    def is_to_begin(self) -> bool:
        """Whether its first quarter has not come yet."""
        return self.state == InitiativeState.UNDERWAY and self.first_quarter_on > clock.today()

    @property
    def is_report_overdue(self) -> bool:
        """Whether a report was due before today."""
        due = self.report_due_on
        return self.state == InitiativeState.UNDERWAY and due is not None and due < clock.today()


class Feed(models.Model):
    """That an idea feeds an initiative."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    idea = models.OneToOneField(Idea, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["Feed"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        indexes = [models.Index(fields=["initiative", "since"], name="feed_of_initiative")]
