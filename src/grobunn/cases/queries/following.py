"""Reads of what somebody follows, and of what has happened to it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django_scopes import scopes_disabled

from grobunn.cases.codes import kostra_name
from grobunn.cases.models import Case, FollowedTopic, InnovationKind, Topic
from grobunn.cases.states import CaseState
from grobunn.discussion.queries import followed_ids
from grobunn.organisations.queries import municipality_by_id


@dataclass(frozen=True)
class Followed:
    """One thing that somebody follows, in words."""

    id: UUID
    label: str
    words: str


def topics_followed_by(user: Any) -> list[Followed]:
    """Municipalities and themes that somebody follows, in the order in which they began."""
    rows = FollowedTopic.objects.filter(user_id=user.pk).order_by("topic", "since", "id")
    return [Followed(row.pk, str(Topic(row.topic).label), _words(row)) for row in rows]


def _words(row: FollowedTopic) -> str:
    if row.topic == Topic.MUNICIPALITY:
        return municipality_by_id(UUID(row.value)).name
    return kostra_name(row.value) if row.topic == Topic.KOSTRA else str(InnovationKind(row.value).label)


def cases_followed_by(user: Any) -> list[Case]:
    """Published cases that somebody follows, by title."""
    with scopes_disabled():
        found = Case.objects.filter(pk__in=followed_ids("case", user), state=CaseState.PUBLISHED)
        return list(found.select_related("municipality").order_by("title", "id"))


def followers_of_topics_of(case: Case) -> Collection[UUID]:
    """Everybody who follows a municipality or a theme of a case; one SQL."""
    topics = [
        *((Topic.MUNICIPALITY, str(municipality_id)) for municipality_id in {case.municipality_id, case.origin_id}),
        *((Topic.KOSTRA, code) for code in case.kostra),
        *((Topic.INNOVATION, kind) for kind in case.innovation_kinds),
    ]
    wanted = set(topics)
    rows = FollowedTopic.objects.filter(value__in=[value for _topic, value in topics], user__is_active=True)
    return {row.user_id for row in rows if (row.topic, row.value) in wanted}
