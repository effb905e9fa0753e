"""The index in PostgreSQL: what can be found, how often words occur, which pairs are not the same."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from grobunn.kernel import clock, ids
from grobunn.organisations.models import Municipality, Unit
from grobunn.search.fields import TransactionIdField
from grobunn.search.registry import Visibility
from grobunn.search.words import MAX_WORD


class IndexedDocument(models.Model):
    """One object as it can be found: a copy, made anew from its source whenever that changes."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=30)
    object_id = models.UUIDField()
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    visibility = models.CharField(max_length=12, choices=Visibility)
    state = models.CharField(max_length=30, blank=True)
    state_rank = models.SmallIntegerField(default=50)
    language = models.CharField(max_length=5)
    themes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    written_on = models.DateField(null=True, blank=True)
    updated_at = models.DateTimeField()
    url = models.CharField(max_length=300)
    title = models.TextField()
    title_words = models.TextField(help_text="The title as its words are looked up, for comparing characters.")
    text = models.TextField(blank=True)
    vector = SearchVectorField(help_text="Word stems; those of the title have weight A.")
    title_grams = SearchVectorField(help_text="Character 4-grams of the title's words.")
    indexed_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["IndexedDocument"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="search_document_once"),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="search_document_visibility"),
        ]
        indexes = [
            # Written by a background job, read while somebody types: no list of pending entries to read through.
            GinIndex(fields=["vector"], name="search_document_vector", fastupdate=False),
            GinIndex(fields=["title_grams"], name="search_document_grams", fastupdate=False),
            # What a search counts of hundreds of documents of which it shows twenty (engine/rows.py).
            models.Index(
                fields=["id"],
                include=[
                    "kind",
                    "object_id",
                    "municipality",
                    "visibility",
                    "state",
                    "state_rank",
                    "themes",
                    "written_on",
                    "language",
                ],
                name="search_document_hit",
            ),
        ]


class Waiting(models.Model):
    """That an object changed and is to be indexed anew. Rows are only added, and taken away when they are done."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=30)
    object_id = models.UUIDField()


class Change(models.Model):
    """That an indexed document came, changed or went: written by the database itself, read by indexes on disk."""

    id = models.BigAutoField(primary_key=True)
    xid = TransactionIdField()
    document_id = models.BigIntegerField(help_text="The id of the row of what is indexed, which may be gone.")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["xid", "id"], name="search_change_order"),
            models.Index(fields=["at"], name="search_change_age"),
        ]


class Forgotten(models.Model):
    """Up to which transaction old changes were deleted: an index that stands further back is made anew. One row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    xid = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="search_forgotten_once")]


class TermKind(models.TextChoices):
    """What is counted: word stems, character grams of titles, or (one row, no term) the documents themselves."""

    WORD = "w", "word"
    GRAM = "g", "gram"
    DOCUMENT = "d", "document"


class TermCount(models.Model):
    """In how many documents a term occurs: rare words weigh much, and only rare ones are looked up."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=1, choices=TermKind)
    term = models.CharField(max_length=80, db_collation="C")
    documents = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "term"], name="search_term_once"),
            models.CheckConstraint(condition=Q(kind__in=TermKind.values), name="search_term_kind"),
        ]


class NotSame(models.Model):
    """That somebody looked at two objects and said that they are not the same. One row per pair, either way round."""

    id = models.BigAutoField(primary_key=True)
    one_kind = models.CharField(max_length=30)
    one_id = models.UUIDField()
    other_kind = models.CharField(max_length=30)
    other_id = models.UUIDField()
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    marked_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["one_kind", "one_id", "other_kind", "other_id"], name="search_not_same_once"
            ),
            models.CheckConstraint(
                condition=Q(one_kind__lt=F("other_kind")) | Q(one_kind=F("other_kind"), one_id__lt=F("other_id")),
                name="search_not_same_in_order",
            ),
        ]
        indexes = [models.Index(fields=["other_kind", "other_id"], name="search_not_same_other")]


class Synonym(models.Model):
    """A word that a municipality uses for the same thing as the other words of its group."""

    id = models.BigAutoField(primary_key=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    group_id = models.UUIDField(default=ids.new_id)
    word = models.CharField(max_length=MAX_WORD)

    objects: ClassVar[models.Manager["Synonym"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "word"], name="search_synonym_once")]


class Told(models.TextChoices):
    """How the owner of a saved search hears of something new; the feed stands open whatever they chose."""

    AT_ONCE = "at_once", _("By mail at once")
    DAILY = "daily", _("In one mail a day")
    NOT = "not", _("Not at all")


class SavedSearch(models.Model):
    """A search that somebody gave a name, to hear of what is new in it. Its owner's, and nobody else's."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=1000, help_text="As it stands in the address of the page of search.")
    told = models.CharField(_("how you hear of it"), max_length=10, choices=Told, default=Told.AT_ONCE)
    feed_number = models.PositiveIntegerField(default=1, help_text="Part of the feed's address: one more ends it.")
    made_at = models.DateTimeField(default=clock.now)
    looked_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="search_saved_name_once"),
            models.CheckConstraint(condition=Q(told__in=Told.values), name="search_saved_told"),
        ]
        indexes = [models.Index(fields=["looked_at"], name="search_saved_looked", condition=~Q(told="not"))]


class KnownMatch(models.Model):
    """Something that a saved search has found, so that its owner is told of it once."""

    id = models.BigAutoField(primary_key=True)
    saved_search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    object_id = models.UUIDField()
    batch_id = models.UUIDField(null=True, blank=True, help_text="What was told together; none: it was there before.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["saved_search", "kind", "object_id"], name="search_known_match_once")
        ]
        indexes = [models.Index(fields=["batch_id"], name="search_known_batch")]


class Unmet(models.Model):
    """That somebody looked for words in a municipality and found nothing. Who it was cannot be read out of it."""

    id = models.BigAutoField(primary_key=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=80, help_text="In lower case, without signs.")
    person = models.CharField(max_length=64, help_text="A pseudonym that holds for the period alone.")
    period = models.CharField(max_length=10, help_text="A month for those signed in, a day for a network address.")
    on = models.DateField()

    objects: ClassVar[models.Manager["Unmet"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "words", "person"], name="search_unmet_once"),
        ]
        indexes = [models.Index(fields=["on"], name="search_unmet_age")]


class LanguageModel(models.Model):
    """A language model whose vectors are kept. It answers once it knows every document; then the one before goes."""

    id = models.SmallAutoField(primary_key=True)
    name = models.CharField(max_length=300, unique=True, help_text="The model and its lens; vectors of two never meet.")
    embedder = models.CharField(max_length=300, help_text="The model as it calls itself.")
    dim = models.SmallIntegerField()
    lens = models.BinaryField()
    made_at = models.DateTimeField(default=clock.now)
    complete_at = models.DateTimeField(null=True, blank=True)


class Unembedded(models.Model):
    """That a document has a new text: written by the database itself. Rows are only added, and taken away when done."""

    id = models.BigAutoField(primary_key=True)
    document = models.ForeignKey(IndexedDocument, on_delete=models.CASCADE, db_constraint=False, related_name="+")
    is_backfill = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = [models.Index(fields=["is_backfill", "id"], name="search_unembedded_order")]


class DocumentVector(models.Model):
    """What a part of a document means to a model. The vector is in a column that `meaning/vectors.py` adds."""

    id = models.BigAutoField(primary_key=True)
    # The database itself deletes vectors with their documents: the migration declares the constraints.
    document = models.ForeignKey(IndexedDocument, on_delete=models.CASCADE, db_constraint=False, related_name="+")
    model = models.ForeignKey(
        LanguageModel, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    part = models.SmallIntegerField()
    digest = models.BinaryField(help_text="Of the text that the vector was made of.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "model", "part"], name="search_vector_once"),
        ]


class Judgement(models.Model):
    """That somebody was helped by what was shown as like something: what the weights of search are tuned by."""

    id = models.BigAutoField(primary_key=True)
    one_kind = models.CharField(max_length=30)
    one_id = models.UUIDField(help_text="What they were looking at or writing.")
    other_kind = models.CharField(max_length=30)
    other_id = models.UUIDField(help_text="What helped.")
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    judged_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["one_kind", "one_id", "other_kind", "other_id"], name="search_judgement_once"
            ),
        ]


class TunedWeights(models.Model):
    """How much words count beside meaning, where an operator has taken other weights than those that come along."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    words = models.FloatField()
    lead = models.FloatField()
    taken_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="search_weights_once"),
            models.CheckConstraint(
                condition=Q(words__gte=0, words__lte=1, lead__gte=0, lead__lte=1), name="search_weights_are_shares"
            ),
        ]
