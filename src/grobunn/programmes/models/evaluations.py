"""What those who were there say of a gathering: who has answered, and what was answered, kept apart."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from grobunn.kernel import ids
from grobunn.organisations.models import Municipality
from grobunn.programmes.models.enrolments import Enrolment
from grobunn.programmes.models.gatherings import Gathering


class Evaluation(models.Model):
    """What is asked about a gathering beside what is asked everywhere, and how far it has come."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="+")
    first_question = models.CharField(_("a question of your own"), max_length=200, blank=True)
    second_question = models.CharField(_("one more"), max_length=200, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text="It is over: who has answered is forgotten, and nothing more is taken in."
    )

    objects: ClassVar[models.Manager["Evaluation"]] = ScopedManager(municipality="municipality_id")


class EvaluationGiven(models.Model):
    """That somebody has answered about a gathering, kept apart from what was answered; until the evaluation is over."""

    id = models.UUIDField(primary_key=True, default=ids.random_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="+")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[models.Manager["EvaluationGiven"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "enrolment"], name="evaluation_given_once")]


class EvaluationAnswer(models.Model):
    """What somebody answered: no name, no time, and an id that tells no order."""

    id = models.UUIDField(primary_key=True, default=ids.random_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="+")
    useful = models.PositiveSmallIntegerField(_("It is useful in my work"))
    learned = models.PositiveSmallIntegerField(_("I learned something new"))
    well_run = models.PositiveSmallIntegerField(_("It was well run"))
    best = models.TextField(_("What was best?"), max_length=2000, blank=True)
    better = models.TextField(_("What would you change?"), max_length=2000, blank=True)
    own_first = models.TextField(max_length=2000, blank=True)
    own_second = models.TextField(max_length=2000, blank=True)
    is_shown = models.BooleanField(default=False, help_text="Among the results: let in five or more at a time.")

    objects: ClassVar[models.Manager["EvaluationAnswer"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(useful__range=(1, 5), learned__range=(1, 5), well_run__range=(1, 5)),
                name="evaluation_from_one_to_five",
            )
        ]
        indexes = [models.Index(fields=["gathering", "is_shown"], name="answers_of_gathering")]
