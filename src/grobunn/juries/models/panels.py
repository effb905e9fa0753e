"""A panel: who is on it, what it judges, and by what."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from grobunn.juries.states import PanelPart, PanelState, Peek, Ranking
from grobunn.kernel import clock, ids
from grobunn.kernel.models import StatefulModel
from grobunn.organisations.models import Municipality, Unit

TITLE_LENGTH = 200


class NumberSeries(models.Model):
    """The number of a municipality's last panel; locked while the next one is made."""

    municipality = models.OneToOneField(
        Municipality, on_delete=models.CASCADE, related_name="+", primary_key=True, editable=False
    )
    last = models.PositiveIntegerField(default=0)


class CriteriaSet(models.Model):
    """A municipality's own criteria, in one edition: never edited, a change is a new edition."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    key = models.SlugField(max_length=60)
    edition = models.PositiveIntegerField(default=1)
    name = models.CharField(_("name"), max_length=100)
    content = models.JSONField(help_text="As `shapes.read_criteria` reads it.")
    is_offered = models.BooleanField(default=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["CriteriaSet"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key", "edition"], name="criteriaset_edition_once")
        ]
        triggers = [
            pgtrigger.Protect(name="never_edited", operation=pgtrigger.UpdateOf("key", "edition", "name", "content"))
        ]

    def __str__(self) -> str:
        return self.name


class Panel(StatefulModel):
    """Some people who judge some entries by some criteria, in one round."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=20, choices=PanelState, default=PanelState.PREPARING)
    name = models.CharField(_("name"), max_length=TITLE_LENGTH)
    purpose = models.TextField(_("what it is to decide"), max_length=2000, blank=True)
    occasion = models.SlugField(max_length=40, default="assessment")
    occasion_id = models.UUIDField(null=True, blank=True, help_text="The thing of that feature which set it up.")
    meets_on = models.DateField(_("meets on"), null=True, blank=True)
    scores_due_at = models.DateTimeField(_("scores in by"), null=True, blank=True)
    peek = models.CharField(_("others' scores are shown"), max_length=10, choices=Peek, default=Peek.RELEASE)
    is_pairwise = models.BooleanField(
        _("compare two at a time"), default=False, help_text="Instead of figures: for many entries and little time."
    )
    is_shared_out = models.BooleanField(
        default=False, help_text="Whether each entry goes to some of the members (`Assignment`), not to all."
    )
    criteria_set = models.CharField(max_length=60, blank=True, help_text="Key of the set that the criteria came from.")
    criteria_edition = models.PositiveIntegerField(null=True, blank=True)
    ranking = models.CharField(
        max_length=10, choices=Ranking, blank=True, help_text="The order that the chair confirmed."
    )
    released_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    key = models.UUIDField(null=True, blank=True, unique=True, help_text="Of the form: sent twice, it is made once.")
    is_synthetic = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Panel"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PanelState.values), name="panel_state"),
            models.CheckConstraint(condition=Q(peek__in=Peek.values), name="panel_peek"),
            models.CheckConstraint(condition=Q(ranking__in=["", *Ranking.values]), name="panel_ranking"),
            models.UniqueConstraint(
                fields=["occasion", "occasion_id"],
                condition=Q(occasion_id__isnull=False) & ~Q(state=PanelState.CANCELLED),
                name="panel_once_for_an_occasion",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "-made_at"], name="panel_newest")]

    def __str__(self) -> str:
        return self.name


class Criterion(models.Model):
    """What is judged, how much it counts, and what each figure means in words."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="+")
    code = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=100)
    question = models.CharField(_("what to ask oneself"), max_length=400, blank=True)
    weight = models.DecimalField(
        _("weight"),
        max_digits=5,
        decimal_places=2,
        default=1,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    levels = models.JSONField(
        help_text='From lowest to highest: [{"value": 1, "text": "…"}, …]; the values are whole numbers, one apart.'
    )

    objects: ClassVar[models.Manager["Criterion"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["panel", "code"], name="criterion_code_once"),
            models.CheckConstraint(condition=Q(weight__gte=0), name="criterion_weight"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def lowest(self) -> int:
        """The lowest figure."""
        return int(self.levels[0]["value"])

    @property
    def highest(self) -> int:
        """The highest figure."""
        return int(self.levels[-1]["value"])


class MemberManager(models.Manager["Member"]):
    """Members of panels."""

    def present(self) -> models.QuerySet["Member"]:
        """Those who have not left."""
        return self.filter(left_at__isnull=True)

    def voting(self) -> models.QuerySet["Member"]:
        """Chair and members, who have not left."""
        return self.present().filter(part__in=(PanelPart.CHAIR, PanelPart.MEMBER))


class Member(models.Model):
    """Somebody on a panel."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    part = models.CharField(_("part"), max_length=20, choices=PanelPart, default=PanelPart.MEMBER)
    title = models.CharField(
        _("title"), max_length=120, blank=True, help_text="As the protocol names it, such as «direktør»."
    )
    employer = models.CharField(_("employer"), max_length=150, blank=True)
    is_senior = models.BooleanField(_("senior"), default=False)
    expertise = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    most_entries = models.PositiveIntegerField(_("at most so many entries"), null=True, blank=True)
    joined_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[MemberManager] = ScopedManager(_manager_class=MemberManager, municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "user"], condition=Q(left_at__isnull=True), name="member_of_panel_once"
            ),
            models.UniqueConstraint(
                fields=["panel"],
                condition=Q(part=PanelPart.CHAIR, left_at__isnull=True),
                name="panel_has_one_chair",
            ),
            models.CheckConstraint(condition=Q(part__in=PanelPart.values), name="member_part"),
        ]
        indexes = [models.Index(fields=["user"], condition=Q(left_at__isnull=True), name="member_of_user")]

    @property
    def scores(self) -> bool:
        """Whether the part gives scores; a substitute only where they stand in."""
        return self.part != PanelPart.SECRETARY


class EntryManager(models.Manager["Entry"]):
    """Entries of panels."""

    def judged(self) -> models.QuerySet["Entry"]:
        """Those that have not been withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Entry(models.Model):
    """What a panel judges, with what was decided of it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    text = models.TextField(_("what it is"), max_length=20_000, blank=True, help_text="Markdown, as it was handed in.")
    source_kind = models.SlugField(max_length=40, blank=True)
    source_id = models.UUIDField(
        null=True, blank=True, help_text="The thing behind it, in the feature that handed it in."
    )
    topics = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    outcome = models.SlugField(max_length=40, blank=True, help_text="A code of the panel's occasion.")
    reasons = models.TextField(_("reasons"), max_length=10_000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    feedback = models.TextField(_("feedback to the entrant"), max_length=10_000, blank=True)
    feedback_at = models.DateTimeField(null=True, blank=True)
    feedback_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, help_text="Of reasons and feedback: compared before writing.")
    is_synthetic = models.BooleanField(default=False)

    objects: ClassVar[EntryManager] = ScopedManager(_manager_class=EntryManager, municipality="municipality_id")

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "source_kind", "source_id"],
                condition=Q(source_id__isnull=False),
                name="entry_of_source_once",
            )
        ]
        indexes = [models.Index(fields=["source_kind", "source_id"], name="entry_of_source")]

    def __str__(self) -> str:
        return self.title


class PartyKind(models.TextChoices):
    """How somebody or something is behind an entry."""

    TEAM = "team", _("on the team")
    LEADER = "leader", _("leads it")
    OWNER = "owner", _("owns it")
    COACH = "coach", _("coaches it")
    UNIT = "unit", _("the unit behind it")
    ENTRANT = "entrant", _("the organisation behind it")
    PARTNER = "partner", _("a partner")


class Party(models.Model):
    """A person, a unit or an organisation behind an entry."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=PartyKind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(
        _("name"), max_length=150, blank=True, help_text="Of an organisation, or of a person without an account."
    )

    objects: ClassVar[models.Manager["Party"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=PartyKind.values), name="party_kind")]
