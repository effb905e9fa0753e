"""An idea and what belongs to it."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from grobunn.ideas.states import ANSWERED, AWAITING_ANSWER, IdeaState
from grobunn.ideas.waking import SUBJECT_LENGTH, WaitsFor
from grobunn.kernel import clock, ids
from grobunn.kernel.models import StatefulModel
from grobunn.organisations.models import Municipality, Role, Unit

TEXT_LENGTH = 20_000
TITLE_LENGTH = 120


class IdeaKind(models.TextChoices):
    """What sort of change it is (Namsos' four, and other)."""

    ORGANISATIONAL_CHANGE = "organisational_change", _("Organisational change")
    NEW_ORGANISATION = "new_organisation", _("New form of organisation")
    NEW_PRODUCT = "new_product", _("New product")
    NEW_SERVICE = "new_service", _("New service")
    OTHER = "other", _("Something else")


class Visibility(models.TextChoices):
    """Who may read it."""

    INTERNAL = "internal", _("Only those who handle it")
    MUNICIPALITY = "municipality", _("Everybody who works in the municipality")
    PUBLIC = "public", _("Everybody, also outside the municipality")


class Contact(models.TextChoices):
    """How the writer is reached."""

    ACCOUNT = "account", _("Signed in")
    EMAIL = "email", _("By e-mail")
    RECEIPT = "receipt", _("By the receipt code only")


class Source(models.TextChoices):
    """How it came in."""

    WEB = "web", _("The web page")
    API = "api", _("The API")
    IMPORT = "import", _("An import")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class RoutingRule(models.Model):
    """One line of a municipality's routing: what matches, and who then holds the idea."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=30, choices=IdeaKind, blank=True)
    words = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    receiver_role = models.CharField(max_length=30, choices=Role)
    receiver_unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    objects: ClassVar[models.Manager["RoutingRule"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "position"], name="routing_position_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(receiver_role__in=Role.values), name="routing_role"),
            models.CheckConstraint(condition=Q(kind="") | Q(kind__in=IdeaKind.values), name="routing_kind"),
        ]


class RoutingProposal(models.Model):
    """One person's changes of the routing before they are saved: the whole list as it is to be."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    rules = models.JSONField(default=list)
    based_on = models.CharField(max_length=64, help_text="Fingerprint of the rules that it was made from.")
    begun_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now, db_default=Now())
    thrown_away_at = models.DateTimeField(null=True, blank=True, help_text="Kept a day longer, for undoing it.")

    objects: ClassVar[models.Manager["RoutingProposal"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "user"], name="routing_proposal_once")]


def heading_of(title: str, text: str) -> str:
    """What an idea is called in lists: its title, or the beginning of its text where nobody gave one."""
    if title:
        return title
    first = text.strip().split("\n", 1)[0]
    return first if len(first) <= 80 else f"{first[:79].rsplit(' ', 1)[0]}…"


# What is kept of an edit is the wording before it: the present one stands in the idea itself.
@pghistory.track(
    pghistory.UpdateEvent(condition=pghistory.AnyChange("title", "text"), row=pghistory.Old), fields=["title", "text"]
)
class Idea(StatefulModel):
    """What somebody wrote in the one box, who holds it, and by when they answer."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=80, unique=True)
    receipt = models.CharField(max_length=14, unique=True, default=ids.new_receipt)
    state = models.CharField(max_length=20, choices=IdeaState, default=IdeaState.RECEIVED)
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)
    text = models.TextField()
    kind = models.CharField(max_length=30, choices=IdeaKind, blank=True)
    visibility = models.CharField(max_length=20, choices=Visibility, default=Visibility.MUNICIPALITY)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=2, default="nb")
    source = models.CharField(max_length=10, choices=Source, default=Source.WEB)
    external_id = models.CharField(max_length=100, blank=True)
    is_synthetic = models.BooleanField(default=False)
    submitted_at = models.DateTimeField(default=clock.now)
    submission_key = models.UUIDField(null=True, blank=True)

    contact = models.CharField(max_length=10, choices=Contact, default=Contact.RECEIPT)
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    writer_email = models.EmailField(blank=True)
    writer_saw_at = models.DateTimeField(null=True, blank=True)

    holder_role = models.CharField(max_length=30, choices=Role, default=Role.INNOVATION_ADVISER)
    holder_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    rule = models.ForeignKey(RoutingRule, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    answer_due_on = models.DateField(null=True, blank=True)
    remind_on = models.DateField(null=True, blank=True)
    escalate_on = models.DateField(null=True, blank=True)
    clock_paused_on = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    writer_told_late_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    escalated_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    first_answered_at = models.DateTimeField(null=True, blank=True)
    is_answered_in_time = models.BooleanField(null=True, blank=True)

    parked_until = models.DateField(null=True, blank=True)
    parked_condition = models.CharField(max_length=300, blank=True)
    # Kept also when the day has come, until the holder has said whether it came.
    waits_for = models.CharField(max_length=20, choices=WaitsFor, blank=True, db_default="")
    waits_subject = models.CharField(
        max_length=SUBJECT_LENGTH,
        blank=True,
        db_default="",
        help_text="What the condition is about, such as an example's short name.",
    )
    solution = models.CharField(max_length=500, blank=True, help_text="Where the solution is: an address or a name.")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[models.Manager["Idea"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "external_id"], condition=~Q(external_id=""), name="idea_external_id_once"
            ),
            models.UniqueConstraint(fields=["municipality", "submission_key"], name="idea_submitted_once"),
            models.CheckConstraint(condition=Q(state__in=IdeaState.values), name="idea_state"),
            models.CheckConstraint(condition=Q(kind="") | Q(kind__in=IdeaKind.values), name="idea_kind"),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="idea_visibility"),
            models.CheckConstraint(condition=Q(contact__in=Contact.values), name="idea_contact"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="idea_source"),
            models.CheckConstraint(condition=~Q(text=""), name="idea_has_text"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="idea_not_merged_into_itself"),
            models.CheckConstraint(
                condition=~Q(contact=Contact.RECEIPT) | Q(writer=None, writer_email=""),
                name="idea_anonymous_is_anonymous",
            ),
            models.CheckConstraint(
                condition=~Q(state=IdeaState.PARKED) | Q(parked_until__isnull=False), name="idea_parked_has_a_date"
            ),
            models.CheckConstraint(condition=Q(waits_for="") | Q(waits_for__in=WaitsFor.values), name="idea_waits_for"),
            models.CheckConstraint(
                condition=Q(state=IdeaState.MERGED, merged_into__isnull=False)
                | (~Q(state=IdeaState.MERGED) & Q(merged_into=None)),
                name="idea_merged_says_where",
            ),
            models.CheckConstraint(
                # An open archive holds what was received elsewhere: nobody answers it here.
                condition=~Q(state__in=AWAITING_ANSWER) | Q(answer_due_on__isnull=False) | Q(source=Source.IMPORT),
                name="idea_waiting_has_a_date",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "-submitted_at", "-id"], name="idea_newest"),
            models.Index(
                fields=["municipality", "answer_due_on", "id"],
                condition=Q(state__in=AWAITING_ANSWER),
                name="idea_due",
            ),
            models.Index(fields=["municipality", "state"], include=["answer_due_on"], name="idea_state_count"),
            models.Index(
                fields=["municipality", "-first_answered_at"],
                condition=Q(first_answered_at__isnull=False),
                name="idea_answered_lately",
            ),
            models.Index(fields=["holder", "answer_due_on"], name="idea_of_holder"),
            models.Index(
                fields=["answer_due_on", "id"], condition=Q(state__in=AWAITING_ANSWER), name="idea_due_anywhere"
            ),
            models.Index(
                fields=["holder", "-state_since", "-id"],
                condition=Q(state__in=ANSWERED),
                name="idea_of_holder_answered",
            ),
            models.Index(fields=["writer"], name="idea_of_writer", condition=Q(writer__isnull=False)),
            models.Index(fields=["parked_until"], condition=Q(state=IdeaState.PARKED), name="idea_wakes"),
            models.Index(fields=["waits_for", "waits_subject"], condition=Q(state=IdeaState.PARKED), name="idea_waits"),
            # A search asks of hundreds of ideas whether everybody may read them, and reads nothing else of most.
            models.Index(fields=["id"], include=["visibility", "state", "source"], name="idea_may_be_read"),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def heading(self) -> str:
        """The title, or the beginning of the text where nobody gave one."""
        return heading_of(self.title, self.text)

    @property
    def is_told_by_heading(self) -> bool:
        """Whether the heading says all that the text says: a short idea without a title."""
        return self.heading == self.text.strip()

    @property
    def is_imported(self) -> bool:
        return self.source == Source.IMPORT

    @property
    def is_overdue(self) -> bool:
        return self.state in AWAITING_ANSWER and self.answer_due_on is not None and self.answer_due_on < clock.today()


class Photo(models.Model):
    """A picture of an idea: re-encoded, without place, time or camera."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    file = models.FileField(upload_to="ideas/%Y/%m/", max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    objects: ClassVar[models.Manager["Photo"]] = ScopedManager(municipality="municipality_id")


class CoWriter(models.Model):
    """Somebody who wrote the same: by merging (with the idea that was theirs), or by joining."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["CoWriter"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["idea", "user"], name="co_writer_once")]


class ReasonTemplate(models.Model):
    """A reason in plain words as a municipality says it: one of its own, or a ready-made one changed or removed.

    What comes with Grobunn has no row until a municipality touches it (`queries/reasons.py`).
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=2, default="nb")
    edge = models.CharField(max_length=20)
    name = models.CharField(_("name"), max_length=100)
    text = models.TextField(_("text"), max_length=2000)
    ready_made = models.CharField(max_length=40, blank=True, help_text="The ready-made text that it stands for.")
    is_removed = models.BooleanField(default=False, help_text="Whether it is no longer offered.")

    objects: ClassVar[models.Manager["ReasonTemplate"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "language", "edge", "name"],
                condition=Q(is_removed=False),
                name="reason_named_once",
            ),
            models.UniqueConstraint(
                fields=["municipality", "language", "ready_made"],
                condition=~Q(ready_made=""),
                name="reason_ready_made_once",
            ),
            models.CheckConstraint(condition=Q(language__in=["nb", "nn", "en"]), name="reason_language"),
        ]


class SavedView(models.Model):
    """A filter of the queue that somebody gave a name."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=500)

    objects: ClassVar[models.Manager["SavedView"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "user", "name"], name="saved_view_name_once")]
