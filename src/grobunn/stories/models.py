"""A story and what belongs to it, and who gets the newsletter."""

from datetime import datetime
from functools import cached_property
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django_scopes import ScopedManager

from grobunn.kernel import clock, ids
from grobunn.kernel.models import StatefulModel
from grobunn.organisations.models import Municipality, Role, Unit
from grobunn.stories.states import StoryState

TITLE_LENGTH = 120
LEAD_LENGTH = 400
TEXT_LENGTH = 40_000
TAG_LENGTH = 40
MOST_TAGS = 8
MOST_PICTURES = 12
ALT_LENGTH = 300
LANGUAGES = ("nb", "nn", "en")


class Story(StatefulModel):
    """What a municipality tells of its work."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=StoryState, default=StoryState.DRAFT)
    slug = models.SlugField(max_length=80, blank=True, help_text="Its address, made when it first goes out.")
    title = models.CharField(max_length=TITLE_LENGTH)
    lead = models.CharField(max_length=LEAD_LENGTH, blank=True)
    text = models.TextField(max_length=TEXT_LENGTH, blank=True)
    language = models.CharField(max_length=2, default="nb")
    tags = ArrayField(models.CharField(max_length=TAG_LENGTH), default=list, blank=True)
    tag_slugs = ArrayField(models.CharField(max_length=TAG_LENGTH), default=list, blank=True)
    source = models.CharField(max_length=300, blank=True, help_text="Where it is retold from, with the day.")
    source_url = models.URLField(max_length=500, blank=True)
    is_synthetic = models.BooleanField(default=False)

    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    begun_at = models.DateTimeField(default=clock.now)
    submission_key = models.UUIDField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    publish_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, help_text="When it first went out.")
    edited_at = models.DateTimeField(null=True, blank=True, help_text="When it was last changed after that.")

    objects: ClassVar[models.Manager["Story"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=StoryState.values), name="story_state"),
            models.CheckConstraint(condition=~Q(title=""), name="story_has_title"),
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="story_language"),
            models.CheckConstraint(
                condition=~Q(state=StoryState.SCHEDULED) | Q(publish_at__isnull=False), name="story_scheduled_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[StoryState.PUBLISHED, StoryState.WITHDRAWN])
                | (~Q(slug="") & Q(published_at__isnull=False)),
                name="story_out_has_address",
            ),
            models.UniqueConstraint(fields=["municipality", "slug"], condition=~Q(slug=""), name="story_slug_once"),
            models.UniqueConstraint(fields=["municipality", "submission_key"], name="story_begun_once"),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "-published_at", "-id"],
                condition=Q(state=StoryState.PUBLISHED),
                name="story_newest",
            ),
            models.Index(
                fields=["-published_at", "-id"], condition=Q(state=StoryState.PUBLISHED), name="story_newest_anywhere"
            ),
            models.Index(fields=["publish_at"], condition=Q(state=StoryState.SCHEDULED), name="story_due"),
            models.Index(fields=["municipality", "-begun_at"], name="story_begun"),
            GinIndex(fields=["tag_slugs"], name="story_tags"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.state == StoryState.PUBLISHED

    @property
    def changed_at(self) -> datetime:
        """When what readers see last changed; for what is not out yet, its last step."""
        return self.edited_at or self.published_at or self.state_since

    @property
    def tag_links(self) -> list[tuple[str, str]]:
        """Name and address of each tag."""
        return list(zip(self.tags, self.tag_slugs, strict=True))

    @cached_property
    def author_ids(self) -> frozenset[UUID]:
        """Who wrote it; one SQL, kept on the instance."""
        return frozenset(Author.objects.filter(story_id=self.pk).values_list("user_id", flat=True))


class Author(models.Model):
    """That somebody wrote a story, and whether they want to be shown, and in which role."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=30, choices=Role, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    consented_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Author"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "user"], name="author_once"),
            models.CheckConstraint(condition=Q(role="") | Q(role__in=Role.values), name="author_role"),
        ]
        indexes = [models.Index(fields=["user"], name="author_of_user")]


class Picture(models.Model):
    """A picture of a story: made anew, without place, time or camera, with words for those who do not see it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(help_text="What the text calls it: [bilde 2].")
    file = models.FileField(upload_to="stories/%Y/%m/", max_length=200)
    small_file = models.FileField(upload_to="stories/%Y/%m/", max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(max_length=ALT_LENGTH)
    caption = models.CharField(max_length=ALT_LENGTH, blank=True)

    objects: ClassVar[models.Manager["Picture"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "number"], name="picture_number_once"),
            models.CheckConstraint(condition=~Q(alt=""), name="picture_has_alt"),
        ]


class Link(models.Model):
    """What a story is about: an object that `search` knows, of this municipality or another."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    object_id = models.UUIDField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager["Link"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "kind", "object_id"], name="link_once")]
        indexes = [models.Index(fields=["kind", "object_id"], name="link_to_object")]


class Subscription(models.Model):
    """That somebody asked for a municipality's newsletter, and perhaps confirmed the address."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()
    language = models.CharField(max_length=2, default="nb")
    asked_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_until = models.DateTimeField(null=True, blank=True, help_text="Stories after this moment are still to tell.")

    objects: ClassVar[models.Manager["Subscription"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "email"], name="subscription_once"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="subscription_email_in_lower_case"),
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="subscription_language"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(told_until__isnull=False), name="subscription_tells_from"
            ),
        ]
        indexes = [
            models.Index(fields=["told_until"], condition=Q(confirmed_at__isnull=False), name="subscription_due"),
            models.Index(fields=["asked_at"], condition=Q(confirmed_at__isnull=True), name="subscription_open"),
        ]
