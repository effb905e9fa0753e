"""Following municipalities and themes."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from grobunn.accounts.models import User
from grobunn.cases.codes import kostra_choices
from grobunn.cases.models import FollowedTopic, InnovationKind, Topic
from grobunn.kernel import permissions
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import municipality_by_id

# As many as anybody reads about; more would make every week's mail a catalogue.
MOST_TOPICS = 50


class NoSuchTopic(TransitionRefused):
    """Something that nothing can be told about."""


class TooManyTopics(TransitionRefused):
    """More than a weekly mail can tell."""


def follow_topic(*, user: User, topic: str, value: str) -> FollowedTopic:
    """Follow a municipality, a field of service or a kind of innovation; following twice is following.

    Raises:  PermissionDenied; NoSuchTopic, TooManyTopics.
    Effects: row.
    """
    permissions.check("cases.follow", user)
    if not _is_known(topic, value):
        raise NoSuchTopic(_("Choose something from the list."))
    known = FollowedTopic.objects.filter(user=user)
    if known.count() >= MOST_TOPICS and not known.filter(topic=topic, value=value).exists():
        raise TooManyTopics(_("You follow %(count)s already. Let one of them go first.") % {"count": MOST_TOPICS})
    return FollowedTopic.objects.get_or_create(user=user, topic=topic, value=value)[0]


def unfollow_topic(*, user: User, followed_id: UUID) -> None:
    """Stop following. Effects: row."""
    FollowedTopic.objects.filter(pk=followed_id, user=user).delete()


def _is_known(topic: str, value: str) -> bool:
    if topic == Topic.KOSTRA:
        return value in dict(kostra_choices())
    if topic == Topic.INNOVATION:
        return value in InnovationKind.values
    try:
        return topic == Topic.MUNICIPALITY and municipality_by_id(UUID(value)) is not None
    except (ValueError, Municipality.DoesNotExist):
        return False
