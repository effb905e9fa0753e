"""Who takes a case into use, what they ask the origin about, and who came to see it."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from grobunn.cases.models.cases import Case, Edition
from grobunn.cases.states import AdoptionState, VisitState
from grobunn.kernel import clock, ids
from grobunn.kernel.models import StatefulModel
from grobunn.organisations.models import Municipality, Role, Unit


class Manner(models.TextChoices):
    """How close to the original it is (COI, "Spredning af innovation")."""

    COPIED = "copied", _("Copied")
    ADAPTED = "adapted", _("Adapted")
    INSPIRED = "inspired", _("Inspired")


# From an adoption to those that it is based on; one that comes back to itself is refused.
_LOOPS = """
    IF NEW.based_on_id IS NOT NULL AND EXISTS (
        WITH RECURSIVE line(id, based_on_id) AS (
            SELECT id, based_on_id FROM cases_adoption WHERE id = NEW.based_on_id
            UNION
            SELECT above.id, above.based_on_id FROM cases_adoption above JOIN line ON above.id = line.based_on_id
        )
        SELECT FROM line WHERE id = NEW.id
    ) THEN
        RAISE EXCEPTION 'The adoption % would be based on itself.', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Adoption(StatefulModel):
    """One municipality's way from thinking about a case to having it in use. Only the adopter moves it.

    A municipality may stop and later begin anew: of those that have not stopped, there is one.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", help_text="Who looks after it: the adopter today."
    )
    adopter = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", help_text="Who began, also when it has merged since."
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="What the case said when they began: the start package.",
    )
    based_on = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Another's way of doing it.",
    )
    state = models.CharField(max_length=20, choices=AdoptionState, default=AdoptionState.CONSIDERING)
    manner = models.CharField(_("manner"), max_length=10, choices=Manner, blank=True)
    changed = models.TextField(_("what was changed"), max_length=4000, blank=True)
    gave = models.TextField(_("what it gave"), max_length=4000, blank=True)
    planned_on = models.DateField(_("planned start"), null=True, blank=True)
    tried_on = models.DateField(null=True, blank=True, help_text="When trying out began.")
    in_use_on = models.DateField(_("in use since"), null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    stopped_because = models.TextField(max_length=4000, blank=True)
    contact_role = models.CharField(_("contact's role"), max_length=30, choices=Role, blank=True)
    contact_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    contact_mailbox = models.EmailField(_("contact's shared mailbox"), blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    steps = models.JSONField(
        default=list, blank=True, help_text='The adopter\'s own copy of the steps: [{"text": …, "is_done": …}].'
    )
    notes = models.TextField(_("own notes"), max_length=10_000, blank=True)
    one_off_nok = models.PositiveBigIntegerField(_("our cost once, kroner"), null=True, blank=True)
    yearly_nok = models.PositiveBigIntegerField(_("our cost a year, kroner"), null=True, blank=True)
    hours = models.PositiveIntegerField(_("our hours of work"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1, help_text="Of steps, notes and costs: rises by each save.")
    begun_at = models.DateTimeField(default=clock.now)
    confirm_due_on = models.DateField(null=True, blank=True, help_text="Six months in use: is it still?")
    confirm_asked_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField(null=True, blank=True, help_text="Of the form: sent twice, it is begun once.")
    is_synthetic = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Adoption"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["adopter", "case"],
                condition=~Q(state=AdoptionState.STOPPED),
                name="adoption_once_at_a_time",
            ),
            models.UniqueConstraint(fields=["key"], condition=Q(key__isnull=False), name="adoption_key_once"),
            models.CheckConstraint(condition=Q(state__in=AdoptionState.values), name="adoption_state"),
            models.CheckConstraint(condition=Q(manner="") | Q(manner__in=Manner.values), name="adoption_manner"),
            models.CheckConstraint(condition=~Q(based_on=F("id")), name="adoption_not_based_on_itself"),
            models.CheckConstraint(
                condition=~Q(state=AdoptionState.IN_USE) | (Q(in_use_on__isnull=False) & ~Q(manner="")),
                name="adoption_in_use_says_since_when_and_how",
            ),
            models.CheckConstraint(
                condition=~Q(state=AdoptionState.STOPPED) | Q(stopped_on__isnull=False),
                name="adoption_stopped_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "state"], name="adoption_of_case"),
            models.Index(
                fields=["confirm_due_on"], condition=Q(state=AdoptionState.IN_USE), name="adoption_confirm_due"
            ),
            models.Index(fields=["municipality", "-begun_at", "-id"], name="adoption_of_municipality"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="never_based_on_itself",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("based_on_id"),
                func=_LOOPS,
            )
        ]


class Question(models.Model):
    """What a municipality asks the origin; the answer is kept for everybody who comes after."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+", help_text="Who asks.")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("question"), max_length=2000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField(default=ids.new_id, unique=True, help_text="Of the form: sent twice, it is kept once.")

    objects: ClassVar[models.Manager["Question"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        indexes = [models.Index(fields=["case", "asked_at"], name="question_of_case")]


class Visit(StatefulModel):
    """A study visit: asked for by a municipality, agreed by the origin, and kept in its log."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+", help_text="Who comes.")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=VisitState, default=VisitState.WISHED)
    wish = models.TextField(_("what you would like to see, and when"), max_length=2000)
    people = models.PositiveSmallIntegerField(_("how many of you"), default=1)
    on = models.DateField(_("date"), null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField(default=ids.new_id, unique=True, help_text="Of the form: sent twice, it is kept once.")

    objects: ClassVar[models.Manager["Visit"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=VisitState.values), name="visit_state")]
        indexes = [models.Index(fields=["case", "asked_at"], name="visit_of_case")]
