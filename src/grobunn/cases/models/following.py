"""Whose cases, and cases about what, somebody wants to hear of. A single case is followed by `discussion`."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grobunn.kernel import clock, ids


class Topic(models.TextChoices):
    """What can be followed beside a case."""

    MUNICIPALITY = "municipality", _("Municipality")
    KOSTRA = "kostra", _("Field of service (KOSTRA)")
    INNOVATION = "innovation", _("Kind of innovation")


class FollowedTopic(models.Model):
    """That somebody follows a municipality or a theme, in all municipalities' cases: so it belongs to no tenant."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=20, choices=Topic)
    value = models.CharField(max_length=60, help_text="A municipality's id, a KOSTRA function, a kind of innovation.")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "topic", "value"], name="followed_topic_once"),
            models.CheckConstraint(condition=Q(topic__in=Topic.values), name="followed_topic_topic"),
        ]
        indexes = [models.Index(fields=["topic", "value"], name="followed_topic_of")]
