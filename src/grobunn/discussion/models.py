"""What people say about objects, and who follows and applauds them."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from grobunn.kernel import clock, ids
from grobunn.organisations.models import Municipality, Role, Unit

# As long as an ordinary comment ever is; a longer text belongs in the object itself.
MAX_COMMENT = 5000
# Long enough to put a slip right, short enough that an answer is never left without what it answered.
CHANGEABLE_FOR = timedelta(minutes=30)
# "Undo" of a removal; afterwards the text is erased.
RESTORABLE_FOR = timedelta(minutes=10)


class ShownAs(models.TextChoices):
    """How the writer of a comment is shown."""

    NAME = "name", _("My name")
    ROLE = "role", _("My role")


class RemovedBy(models.TextChoices):
    """Who took a comment away."""

    AUTHOR = "author", _("the writer")
    MODERATOR = "moderator", _("a moderator")


class Comment(models.Model):
    """What somebody wrote about an object, in plain text with a little Markdown."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    shown_as = models.CharField(max_length=4, choices=ShownAs, default=ShownAs.NAME)
    role = models.CharField(max_length=30, choices=Role, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(_("comment"), max_length=MAX_COMMENT, blank=True)
    written_at = models.DateTimeField(default=clock.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    is_waiting = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Shown to its writer and to moderators alone, until one lets it through.",
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.CharField(max_length=10, choices=RemovedBy, blank=True)
    remover = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    remover_role = models.CharField(max_length=30, choices=Role, blank=True)
    removal_reason = models.CharField(max_length=300, blank=True)

    objects: ClassVar[models.Manager["Comment"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        indexes = [
            models.Index(fields=["kind", "subject_id", "id"], name="comment_of_subject"),
            models.Index(
                fields=["removed_at"], condition=Q(removed_at__isnull=False) & ~Q(text=""), name="comment_to_erase"
            ),
            models.Index(fields=["municipality", "kind", "id"], condition=Q(is_waiting=True), name="comment_waiting"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(shown_as__in=ShownAs.values), name="comment_shown_as"),
            models.CheckConstraint(condition=Q(removed_by__in=["", *RemovedBy.values]), name="comment_removed_by"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by="") | Q(removed_at__isnull=False) & ~Q(removed_by=""),
                name="comment_removal_whole",
            ),
            models.CheckConstraint(condition=Q(removed_at__isnull=False) | ~Q(text=""), name="comment_has_text"),
        ]

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None

    def is_changeable(self, at: datetime) -> bool:
        """Whether the writer may still edit or remove it."""
        return not self.is_removed and at < self.written_at + CHANGEABLE_FOR

    def is_restorable(self, at: datetime) -> bool:
        """Whether the removal may still be undone."""
        return self.removed_at is not None and bool(self.text) and at < self.removed_at + RESTORABLE_FOR


class Applause(models.Model):
    """That somebody applauds an object: counted, never listed."""

    id = models.BigAutoField(primary_key=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["Applause"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id", "user"], name="applause_once")]


class Follow(models.Model):
    """That somebody wants to know what becomes of an object."""

    id = models.BigAutoField(primary_key=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["Follow"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id", "user"], name="follow_once")]
        indexes = [models.Index(fields=["user", "id"], name="follow_of_user")]
