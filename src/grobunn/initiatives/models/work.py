"""What the work of an initiative consists of: milestones, tasks, helpers, files, entries, risks, reports."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from grobunn.capacity.kinds import HOURS, Kind
from grobunn.initiatives.models.initiatives import Initiative, Signal
from grobunn.kernel import clock, ids
from grobunn.organisations.models import Municipality


class Level(models.IntegerChoices):
    """How likely, or how grave."""

    LOW = 1, _("Low")
    MIDDLE = 2, _("Middle")
    HIGH = 3, _("High")


class _Part(models.Model):
    """One row that belongs to an initiative."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField(default=ids.new_id, unique=True, help_text="Of the form: sent twice, it is kept once.")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True


class _Kept(models.Manager[Any]):
    """Rows that nobody has removed."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(removed_at=None)


class _RemovablePart(_Part):
    """A part that somebody may remove. Its row is kept a day longer, so that removing it can be undone.

    `objects` are those that are there; `with_removed` are all of them.
    """

    removed_at = models.DateTimeField(null=True, blank=True, help_text="Kept a day longer, for undoing it.")

    class Meta(_Part.Meta):
        abstract = True


class Milestone(_RemovablePart):
    """Something that is to be reached by a day."""

    title = models.CharField(_("milestone"), max_length=200)
    due_on = models.DateField(_("by when"))
    reached_on = models.DateField(_("reached"), null=True, blank=True)

    objects: ClassVar[models.Manager["Milestone"]] = ScopedManager(_Kept, municipality="municipality_id")
    with_removed: ClassVar[models.Manager["Milestone"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        indexes = [models.Index(fields=["initiative", "due_on"], name="milestone_of_initiative")]


class MilestoneMove(_Part):
    """That a milestone got another day, and why. Never edited."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.CharField(_("why"), max_length=300)

    objects: ClassVar[models.Manager["MilestoneMove"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        indexes = [models.Index(fields=["initiative", "-made_at"], name="move_of_initiative")]


class Task(_RemovablePart):
    """Something that somebody does."""

    title = models.CharField(_("task"), max_length=200)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("by when"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Task"]] = ScopedManager(_Kept, municipality="municipality_id")
    with_removed: ClassVar[models.Manager["Task"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        indexes = [
            models.Index(fields=["initiative", "done_at"], name="task_of_initiative"),
            models.Index(fields=["assignee"], condition=Q(done_at__isnull=True), name="task_of_assignee"),
        ]


class Helper(_Part):
    """That somebody helps, and with what."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind of help"), max_length=20, choices=[(kind.value, kind.label) for kind in Kind])
    until_on = models.DateField(null=True, blank=True, help_text="Last day, when it has ended.")

    objects: ClassVar[models.Manager["Helper"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["initiative", "user", "kind"], name="helper_once"),
            models.CheckConstraint(condition=Q(kind__in=sorted(HOURS)), name="helper_kind"),
        ]
        indexes = [models.Index(fields=["user"], name="helper_of_user")]


class Attachment(_RemovablePart):
    """A file, or a hand-in of a phase as a file or a text."""

    hand_in = models.SlugField(max_length=60, blank=True, help_text="Which hand-in of the method it is, if any.")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), max_length=20_000, blank=True)
    file = models.FileField(upload_to="initiatives/%Y/%m/", max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    media_type = models.CharField(max_length=100, blank=True)

    objects: ClassVar[models.Manager["Attachment"]] = ScopedManager(_Kept, municipality="municipality_id")
    with_removed: ClassVar[models.Manager["Attachment"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text="") | ~Q(file=""), name="attachment_holds_something"),
        ]
        indexes = [models.Index(fields=["initiative", "hand_in"], name="attachment_of_initiative")]


class Entry(_RemovablePart):
    """A plain sentence in the log."""

    text = models.TextField(_("what happened"), max_length=2000)

    objects: ClassVar[models.Manager["Entry"]] = ScopedManager(_Kept, municipality="municipality_id")
    with_removed: ClassVar[models.Manager["Entry"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        indexes = [models.Index(fields=["initiative", "-made_at"], name="entry_of_initiative")]


class Risk(_RemovablePart):
    """Something that may go wrong, and what is done about it."""

    text = models.CharField(_("what may go wrong"), max_length=300)
    likelihood = models.PositiveSmallIntegerField(_("how likely"), choices=Level, default=Level.MIDDLE)
    gravity = models.PositiveSmallIntegerField(_("how grave"), choices=Level, default=Level.MIDDLE)
    measure = models.CharField(_("what we do about it"), max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Risk"]] = ScopedManager(_Kept, municipality="municipality_id")
    with_removed: ClassVar[models.Manager["Risk"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__in=Level.values, gravity__in=Level.values), name="risk_levels"
            ),
        ]
        indexes = [models.Index(fields=["initiative", "closed_at"], name="risk_of_initiative")]


class Report(_Part):
    """Three fields, a colour and a sentence, for a day when a report was due."""

    due_on = models.DateField(null=True, blank=True, help_text="When it was due; none for one between.")
    done = models.TextField(_("what is done"), max_length=2000)
    next = models.TextField(_("what comes next"), max_length=2000, blank=True)
    in_the_way = models.TextField(_("what stands in the way"), max_length=2000, blank=True)
    signal = models.CharField(max_length=10, choices=Signal)
    status = models.CharField(_("how it goes, in one sentence"), max_length=300)

    objects: ClassVar[models.Manager["Report"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "due_on"], condition=Q(due_on__isnull=False), name="report_once"
            ),
            models.CheckConstraint(condition=Q(signal__in=Signal.values), name="report_signal"),
        ]
        indexes = [models.Index(fields=["initiative", "-made_at"], name="report_of_initiative")]
