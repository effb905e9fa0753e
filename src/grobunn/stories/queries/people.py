"""Reads of the people behind stories."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.kernel import clock
from grobunn.organisations.models import Role, RoleAssignment
from grobunn.organisations.queries import holds_on
from grobunn.stories.models import Author, Story


@dataclass(frozen=True)
class Byline:
    """An author as readers see one: with consent alone."""

    name: str
    role: str


def authors_of(story: Story) -> list[Author]:
    """Everybody who wrote a story, shown or not, in the order that they were named."""
    return list(Author.objects.filter(story=story).select_related("user", "unit").order_by("id"))


def bylines_of(story_ids: Collection[UUID]) -> dict[UUID, list[Byline]]:
    """The authors of some stories who want to be shown; one SQL, of any municipality."""
    with scopes_disabled():
        shown = Author.objects.filter(story_id__in=story_ids, consented_at__isnull=False, user__is_active=True)
        found: dict[UUID, list[Byline]] = {story_id: [] for story_id in story_ids}
        for author in shown.select_related("user", "unit").order_by("id"):
            found[author.story_id].append(Byline(name=author.user.name, role=role_words(author)))
    return found


def role_words(author: Author) -> str:
    """An author's role when they said yes, and where; "" for none."""
    if not author.role:
        return ""
    # It follows a name, so it begins small; a unit is called what it is called.
    role = str(Role(author.role).label)
    role = role[0].lower() + role[1:] if role[1:2].islower() else role
    return f"{role}, {author.unit.name}" if author.unit else role


def editors_of(municipality_id: UUID) -> list[User]:
    """Who hears of work for editors: the innovation advisers, or the chief executive where there is none."""
    for role in (Role.INNOVATION_ADVISER, Role.CHIEF_EXEC):
        with scopes_disabled():
            held = RoleAssignment.objects.filter(holds_on(clock.today()), municipality_id=municipality_id, role=role)
            users = list(User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("pk"))
        if users:
            return users
    return []
