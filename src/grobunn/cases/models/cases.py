"""A case, the draft that it is written in, its editions, and what its writers and readers leave with it."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from grobunn.cases.models.content import CaseKind, Content, Stage
from grobunn.cases.sections import Section
from grobunn.cases.states import CaseState
from grobunn.ideas.models import Idea
from grobunn.initiatives.models import Initiative
from grobunn.kernel import clock, ids
from grobunn.kernel.models import StatefulModel
from grobunn.organisations.models import Municipality

SLUG_LENGTH = 100

# From a case to those that it is adapted from; one that comes back to itself is refused.
_LOOPS = """
    IF NEW.adapted_from_id IS NOT NULL AND EXISTS (
        WITH RECURSIVE line(id, adapted_from_id) AS (
            SELECT id, adapted_from_id FROM cases_case WHERE id = NEW.adapted_from_id
            UNION
            SELECT above.id, above.adapted_from_id FROM cases_case above JOIN line ON above.id = line.adapted_from_id
        )
        SELECT FROM line WHERE id = NEW.id
    ) THEN
        RAISE EXCEPTION 'The case % would be adapted from itself.', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Case(StatefulModel, Content):
    """What readers see of a case: the content of its latest edition, empty until the first is published."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", help_text="The keeper: who looks after it now."
    )
    origin = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", help_text="Who did it, also when it has merged since."
    )
    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True)
    state = models.CharField(max_length=20, choices=CaseState, default=CaseState.DRAFT)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    idea = models.ForeignKey(
        Idea, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="The thread that it ends."
    )
    initiative = models.ForeignKey(
        Initiative, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="The work it tells."
    )
    adapted_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="What readers of a withdrawn case are led to.",
    )
    created_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True, blank=True, help_text="The first edition.")
    edited_at = models.DateTimeField(null=True, blank=True, help_text="The latest edition.")
    review_due_on = models.DateField(null=True, blank=True)
    review_reminded_at = models.DateTimeField(null=True, blank=True)
    # Counted from the adoptions whenever one moves; kept here so that a library of many can be sorted by it.
    adoption_count = models.PositiveIntegerField(default=0, editable=False)
    source_name = models.CharField(max_length=200, blank=True, help_text="Where a loaded case was first told.")
    source_url = models.URLField(max_length=500, blank=True)
    source_on = models.CharField(max_length=10, blank=True, help_text="Date, month or year of the source.")
    external_id = models.CharField(max_length=100, blank=True)
    is_synthetic = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Case"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CaseState.values), name="case_state"),
            models.CheckConstraint(condition=Q(kind__in=CaseKind.values), name="case_kind"),
            models.CheckConstraint(condition=Q(stage="") | Q(stage__in=Stage.values), name="case_stage"),
            models.CheckConstraint(condition=~Q(adapted_from=F("id")), name="case_not_adapted_from_itself"),
            models.CheckConstraint(condition=~Q(replaced_by=F("id")), name="case_not_replaced_by_itself"),
            models.CheckConstraint(
                # What is loaded from a source may leave sections out; what is written here may not hide what was hard.
                condition=~Q(state=CaseState.PUBLISHED) | (~Q(title="") & (~Q(lessons="") | ~Q(source_name=""))),
                name="case_published_tells_lessons",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.PUBLISHED) | ~Q(contact_role=""), name="case_published_has_a_contact"
            ),
            models.CheckConstraint(
                condition=Q(contact_person=None) | Q(contact_consented_at__isnull=False, contact_until__isnull=False),
                name="case_named_contact_has_agreed",
            ),
            models.UniqueConstraint(
                fields=["municipality", "external_id"], condition=~Q(external_id=""), name="case_external_id_once"
            ),
        ]
        indexes = [
            models.Index(fields=["-edited_at", "-id"], condition=Q(state=CaseState.PUBLISHED), name="case_newest"),
            models.Index(
                fields=["-adoption_count", "-edited_at", "-id"],
                condition=Q(state=CaseState.PUBLISHED),
                name="case_most_adopted",
            ),
            models.Index(fields=["municipality", "-edited_at", "-id"], name="case_of_keeper"),
            models.Index(fields=["origin"], name="case_of_origin"),
            models.Index(fields=["owner"], name="case_of_owner", condition=Q(owner__isnull=False)),
            models.Index(fields=["idea"], name="case_of_idea", condition=Q(idea__isnull=False)),
            models.Index(fields=["initiative"], name="case_of_initiative", condition=Q(initiative__isnull=False)),
            models.Index(fields=["review_due_on"], condition=Q(state=CaseState.PUBLISHED), name="case_review_due"),
            models.Index(fields=["municipality"], condition=Q(state=CaseState.IN_REVIEW), name="case_with_editor"),
            GinIndex(fields=["kostra"], name="case_kostra"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="counted_up",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    INSERT INTO cases_libraryversion AS version (id, number) VALUES (1, 1)
                    ON CONFLICT (id) DO UPDATE SET number = version.number + 1;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="never_adapted_from_itself",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("adapted_from_id"),
                func=_LOOPS,
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    @property
    def is_learning(self) -> bool:
        return self.kind == CaseKind.LEARNING

    @property
    def is_as_loaded(self) -> bool:
        """Whether it stands as its source told it: nobody has changed it since it was loaded."""
        return bool(self.source_name) and self.edited_at == self.published_at

    @property
    def is_review_overdue(self) -> bool:
        """Whether nobody has said within the promised time that it still holds."""
        return self.review_due_on is not None and self.review_due_on < clock.today()


class Draft(Content):
    """The working copy of a case. `revision` rises by each save: two windows cannot overwrite each other unseen."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=clock.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_published = models.BooleanField(default=False, help_text="Whether the latest edition says all that it says.")
    # Two writers of different sections are in nobody's way: only a field that has changed since is refused.
    touched = models.JSONField(default=dict, blank=True, help_text="The revision in which each field last changed.")

    objects: ClassVar[models.Manager["Draft"]] = ScopedManager(municipality="municipality_id")


class Edition(models.Model):
    """What a case said from one publishing to the next. Never changed: an address of it means the same for ever."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    content = models.JSONField(help_text="Every field of the content, by name.")
    note = models.CharField(_("what has changed"), max_length=300, blank=True)
    published_at = models.DateTimeField(default=clock.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager["Edition"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="edition_number_once")]
        triggers = [
            pgtrigger.Protect(
                name="never_edited",
                operation=pgtrigger.Update,
                # A deleted account takes its name with it.
                condition=pgtrigger.AnyChange("case", "number", "content", "note", "published_at"),
            )
        ]


class CoAuthor(models.Model):
    """Somebody who may write the case beside its owner."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["CoAuthor"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="co_author_once")]


class SectionComment(models.Model):
    """What an editor or a fellow writer says about one section of the draft; gone from view when it is settled."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    section = models.CharField(max_length=10, choices=Section)
    text = models.TextField(_("comment"), max_length=2000)
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField(default=ids.new_id, unique=True, help_text="Of the form: sent twice, it is kept once.")

    objects: ClassVar[models.Manager["SectionComment"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(section__in=Section.values), name="section_comment_section")]
        indexes = [models.Index(fields=["case", "written_at"], name="section_comment_of_case")]


class Picture(models.Model):
    """A picture of a case: re-encoded, without place, time or camera, and told in words."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    file = models.FileField(upload_to="cases/%Y/%m/", max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alternative_text = models.CharField(_("what the picture shows"), max_length=300)
    caption = models.CharField(_("caption"), max_length=300, blank=True)

    objects: ClassVar[models.Manager["Picture"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(alternative_text=""), name="picture_is_told_in_words")]


class Document(models.Model):
    """A file that a neighbour can use: a checklist, a contract, a plan."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    file = models.FileField(upload_to="cases/%Y/%m/", max_length=200)
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="Bytes.")

    objects: ClassVar[models.Manager["Document"]] = ScopedManager(municipality="municipality_id")


class Verdict(models.Model):
    """A reader's answer to "was this useful?". Nothing of the reader is kept."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    is_useful = models.BooleanField()
    why = models.TextField(_("what was missing"), max_length=1000, blank=True)
    at = models.DateTimeField(default=clock.now)
    key = models.UUIDField(default=ids.new_id, unique=True, help_text="Of the form: sent twice, it is kept once.")

    objects: ClassVar[models.Manager["Verdict"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="verdict_of_case")]
