"""Municipalities as dated entities, their units, and who has which role when."""

from datetime import date
from pathlib import PurePath
from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from grobunn.kernel import clock, ids
from grobunn.organisations.validators import (
    validate_municipality_slug,
    validate_organisation_number,
    validate_unit_slug,
)


class LanguageForm(models.TextChoices):
    """The form of Norwegian that a municipality has chosen (language act § 16; Enhetsregisteret's `maalform`)."""

    BOKMAAL = "nb", _("Bokmål")
    NYNORSK = "nn", _("Nynorsk")
    NEUTRAL = "neutral", _("Neutral")


class MunicipalityKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("Municipality")
    ARCHIVE = "archive", _("Open archive")


class Role(models.TextChoices):
    """What somebody is in a unit; the codes of the glossary."""

    EMPLOYEE = "employee", _("Employee")
    UNIT_LEADER = "unit_leader", _("Unit manager")
    DEPT_LEADER = "dept_leader", _("Department manager")
    SECTOR_HEAD = "sector_head", _("Head of sector")
    DIRECTOR = "director", _("Director")
    CHIEF_EXEC = "chief_exec", _("Chief municipal executive")
    INNOVATION_ADVISER = "innovation_adviser", _("Innovation adviser")
    RND_CONTACT = "rnd_contact", _("R&D contact")
    ELECTED = "elected", _("Elected representative")
    UNION = "union", _("Union representative")
    ARCHIVIST = "archivist", _("Archivist")
    DPO = "dpo", _("Data protection officer")


# From the nearest leader upwards: an unanswered idea escalates along this line.
LEADER_LINE = (Role.DEPT_LEADER, Role.UNIT_LEADER, Role.SECTOR_HEAD, Role.DIRECTOR, Role.CHIEF_EXEC)
SETTERS_UP = (Role.INNOVATION_ADVISER, Role.CHIEF_EXEC)
# A stand-in takes over the work, not the trust: nobody is elected, or represents a union, in another's place.
CARRIED_BY_STAND_IN = (*LEADER_LINE, Role.INNOVATION_ADVISER, Role.RND_CONTACT, Role.ARCHIVIST, Role.DPO)


def _days(first: str, last: str) -> Func:
    """The days from the first to the last, both included, without an end where there is no last."""
    return Func(
        first,
        last,
        RangeBoundary(inclusive_lower=True, inclusive_upper=True),
        function="DATERANGE",
        output_field=DateRangeField(),
    )


@pghistory.track(
    # The number of the last idea changes with every idea and is nobody's decision: no history of it.
    pghistory.UpdateEvent(condition=pghistory.AnyChange(exclude=["last_idea_number"])),
    exclude=["last_idea_number"],
)
class Municipality(models.Model):
    """A municipality, present or past, or an open archive. The tenant of everything below it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    kind = models.CharField(max_length=20, choices=MunicipalityKind, default=MunicipalityKind.MUNICIPALITY)
    slug = models.SlugField(max_length=60, unique=True, validators=[validate_municipality_slug])
    name = models.CharField(_("name"), max_length=100, help_text="As shown; parallel names with a dash between them.")
    parallel_names = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    organisation_number = models.CharField(max_length=9, blank=True, validators=[validate_organisation_number])
    language_form = models.CharField(max_length=10, choices=LanguageForm, default=LanguageForm.NEUTRAL)
    centre = models.CharField(max_length=100, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    area_km2 = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    website = models.CharField(max_length=200, blank=True)
    existed_from = models.DateField(null=True, blank=True)
    existed_to = models.DateField(null=True, blank=True, help_text="First day on which it no longer existed.")
    is_in_use = models.BooleanField(default=False, help_text="Whether the municipality takes ideas here.")

    default_language = models.CharField(max_length=2, blank=True)
    theme_colour = models.CharField(max_length=7, blank=True)
    logo = models.FileField(upload_to="logos/", blank=True, editable=False)
    accessibility_statement_url = models.URLField(blank=True)
    whistleblowing_url = models.URLField(blank=True)
    deviation_url = models.URLField(blank=True)

    mailbox = models.EmailField(_("shared mailbox"), blank=True)
    idea_kinds = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, help_text="Kinds that the intake offers; none: all."
    )

    answer_days = models.PositiveSmallIntegerField(_("working days to an answer"), default=10)
    reminder_days = models.PositiveSmallIntegerField(_("working days to the reminder"), default=7)
    escalation_days = models.PositiveSmallIntegerField(_("working days after the deadline to escalation"), default=1)
    last_idea_number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation_number="") | Q(organisation_number__regex=r"^\d{9}$"),
                name="municipality_orgnr_form",
            ),
            models.UniqueConstraint(
                fields=["organisation_number"], condition=~Q(organisation_number=""), name="municipality_orgnr_once"
            ),
            models.CheckConstraint(
                condition=Q(theme_colour="") | Q(theme_colour__regex=r"^#[0-9a-f]{6}$"), name="municipality_colour_form"
            ),
            models.CheckConstraint(condition=Q(reminder_days__lte=F("answer_days")), name="municipality_reminds_first"),
            models.CheckConstraint(condition=Q(kind__in=MunicipalityKind.values), name="municipality_kind"),
            models.CheckConstraint(condition=Q(language_form__in=LanguageForm.values), name="municipality_language"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def logo_url(self) -> str:
        """Address of the logo, new for each new logo, or ""."""
        if not self.logo:
            return ""
        address = reverse("organisations:logo", kwargs={"municipality": self.slug})
        return f"{address}?{PurePath(str(self.logo.name)).stem}"

    def has_ended(self, on: date) -> bool:
        """Whether the municipality no longer exists on a day."""
        return self.existed_to is not None and self.existed_to <= on

    @property
    def language(self) -> str:
        """Language of the pages when nobody chose: "nn" or "nb"."""
        return self.default_language or ("nn" if self.language_form == LanguageForm.NYNORSK else "nb")


class MunicipalityNumber(models.Model):
    """The number that a municipality had in a period (Statistics Norway's Klass 131)."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="numbers")
    number = models.CharField(max_length=4)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True, help_text="First day on which it no longer held.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__regex=r"^\d{4}$"), name="municipality_number_form"),
            models.UniqueConstraint(
                fields=["number", "valid_from"], name="municipality_number_once", nulls_distinct=False
            ),
        ]


class Succession(models.Model):
    """One municipality that went into another, and when."""

    predecessor = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    successor = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once")]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class Unit(models.Model):
    """A part of a municipality: a tree from the chief executive's office to the ward."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    slug = models.SlugField(max_length=60, validators=[validate_unit_slug])
    name = models.CharField(_("name"), max_length=150)
    leader_level = models.PositiveSmallIntegerField(_("leader level"), default=1)
    external_id = models.CharField(max_length=100, blank=True)
    mailbox = models.EmailField(_("shared mailbox"), blank=True)
    closed_on = models.DateField(null=True, blank=True)
    is_synthetic = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Unit"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "slug"], name="unit_slug_once"),
            models.UniqueConstraint(
                fields=["municipality", "external_id"], condition=~Q(external_id=""), name="unit_external_id_once"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="unit_is_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class RoleAssignment(models.Model):
    """That somebody has a role in a unit, from a day to a day."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=30, choices=Role)
    from_on = models.DateField(default=clock.today)
    to_on = models.DateField(null=True, blank=True, help_text="Last day in the role.")
    is_end_told = models.BooleanField(default=False, editable=False, help_text="Whether the news of its end is out.")
    is_synthetic = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["RoleAssignment"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_assignment_role"),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="role_assignment_ends_after_start"
            ),
            ExclusionConstraint(
                name="role_assignment_overlap",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (_days("from_on", "to_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["user", "municipality"], name="role_assignment_of_user"),
            models.Index(fields=["municipality", "role"], name="role_assignment_of_role"),
        ]


class Absence(models.Model):
    """That somebody is away from a day to a day, and who stands in."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    from_on = models.DateField()
    to_on = models.DateField(help_text="Last day away.")
    is_told = models.BooleanField(default=False, editable=False, help_text="Whether the news that it began is out.")

    objects: ClassVar[models.Manager["Absence"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="absence_ends_after_start"),
            models.CheckConstraint(condition=~Q(stand_in=F("user")), name="absence_stand_in_is_another"),
            ExclusionConstraint(
                name="absence_overlap",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (_days("from_on", "to_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class RosterKind(models.TextChoices):
    """What a roster lists."""

    UNITS = "units", _("Units")
    PEOPLE = "people", _("People and roles")


class RosterUpload(models.Model):
    """An uploaded list of units or people between its preview and its import; removed by the import or after a day."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=RosterKind)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["RosterUpload"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=RosterKind.values), name="roster_upload_kind")]
