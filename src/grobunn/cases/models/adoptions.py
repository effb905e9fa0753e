"""Who takes a case into use, what they ask the origin about, and who came to see it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from grobunn.cases.models.cases import Case
from grobunn.cases.states import AdoptionState
from grobunn.kernel import clock, ids
from grobunn.kernel.models import StatefulModel
from grobunn.organisations.models import Municipality, Role, Unit


class Manner(models.TextChoices):
    """How close to the original it is (COI, "Spredning af innovation")."""

    COPIED = "copied", _("Copied")
    ADAPTED = "adapted", _("Adapted")
    INSPIRED = "inspired", _("Inspired")


class Adoption(StatefulModel):
    """One municipality's way from thinking about a case to having it in use. Its tenant is the adopter.

    A municipality may stop and later begin anew: of those that have not stopped, there is one.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
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
    in_use_on = models.DateField(_("in use since"), null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    contact_role = models.CharField(_("contact's role"), max_length=30, choices=Role, blank=True)
    contact_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    contact_mailbox = models.EmailField(_("contact's shared mailbox"), blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    steps = models.JSONField(
        default=list, blank=True, help_text='The adopter\'s own copy of the steps: [{"text": …, "is_done": …}].'
    )
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
                fields=["municipality", "case"],
                condition=~Q(state=AdoptionState.STOPPED),
                name="adoption_once_at_a_time",
            ),
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


class VisitState(models.TextChoices):
    """How far a study visit has come."""

    WISHED = "wished", _("Asked for")
    AGREED = "agreed", _("Agreed")
    HELD = "held", _("Held")
    DECLINED = "declined", _("Not possible")


class Visit(models.Model):
    """A study visit: asked for by a municipality, agreed by the origin, and kept in its log."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
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
    key = models.UUIDField(default=ids.new_id, unique=True, help_text="Of the form: sent twice, it is kept once.")

    objects: ClassVar[models.Manager["Visit"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=VisitState.values), name="visit_state")]
        indexes = [models.Index(fields=["case", "asked_at"], name="visit_of_case")]
