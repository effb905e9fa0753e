"""What members give: every tap as it was made, and what follows from them."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager

from grobunn.juries.models.panels import Criterion, Entry, Member, Panel
from grobunn.kernel import clock, ids
from grobunn.organisations.models import Municipality

NOTE_LENGTH = 4000


class Tap(models.Model):
    """One touch on a figure, or one note as it was left: never edited. Its id is made on the device."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    criterion = models.ForeignKey(
        Criterion,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="None: of the whole entry.",
    )
    value = models.SmallIntegerField(null=True, blank=True, help_text="None: taken away again, or a note.")
    note = models.TextField(max_length=NOTE_LENGTH, null=True, blank=True, help_text="None: a figure.")
    tapped_at = models.DateTimeField(help_text="By the device's clock, set right by the server's.")
    received_at = models.DateTimeField(default=clock.now)
    is_late = models.BooleanField(default=False, help_text="Received after the scores were released.")
    counts = models.BooleanField(
        default=True, help_text="False: made while scores were closed; kept, and changes nothing."
    )

    objects: ClassVar[models.Manager["Tap"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        indexes = [models.Index(fields=["entry", "member", "tapped_at"], name="tap_of_entry")]
        constraints = [
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(note__isnull=True), name="tap_is_one_thing"),
            models.CheckConstraint(
                condition=Q(note__isnull=False) | Q(criterion__isnull=False), name="tap_figure_has_a_criterion"
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_edited", operation=pgtrigger.Update)]


class Score(models.Model):
    """What a member's last tap that counts says of a criterion of an entry: figure and note."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    value = models.SmallIntegerField(null=True, blank=True)
    valued_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(max_length=NOTE_LENGTH, blank=True)
    noted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Score"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "member", "criterion"], name="score_once", nulls_distinct=False)
        ]


class Assignment(models.Model):
    """That an entry goes to a member, where not everybody judges everything."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    is_bridge = models.BooleanField(
        default=False, help_text="Outside the member's own field, so that severities can be told apart."
    )

    objects: ClassVar[models.Manager["Assignment"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "entry"], name="assignment_once")]
        indexes = [models.Index(fields=["entry"], name="assignment_of_entry")]


class Comparison(models.Model):
    """Which of two a member finds better, or that neither is. Its id is made on the device."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    left = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    better = models.ForeignKey(
        Entry, on_delete=models.CASCADE, null=True, blank=True, related_name="+", help_text="None: equally good."
    )
    made_at = models.DateTimeField(default=clock.now)
    received_at = models.DateTimeField(default=clock.now)
    counts = models.BooleanField(default=True)

    objects: ClassVar[models.Manager["Comparison"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(left=F("right")), name="comparison_of_two"),
            models.CheckConstraint(
                condition=Q(better__isnull=True) | Q(better=F("left")) | Q(better=F("right")),
                name="comparison_better_is_one_of_them",
            ),
        ]
        indexes = [models.Index(fields=["panel", "member"], name="comparison_of_panel")]

    @property
    def left_share(self) -> float:
        """What the left one gets of it: 1, 0, or half where neither is better."""
        if self.better_id is None:
            return 0.5
        return 1.0 if self.better_id == self.left_id else 0.0
