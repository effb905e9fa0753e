"""What stories hold about a person, for the person's own page and export."""

from typing import Any

from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.stories.models import Author, Subscription


def held_about(user: User) -> dict[str, Any]:
    """Stories that somebody is an author of, with what they said yes to, and newsletters to their address."""
    with scopes_disabled():
        named = Author.objects.filter(user=user).select_related("story", "unit").order_by("id")
        asked = Subscription.objects.filter(email=user.email.lower()).select_related("municipality").order_by("id")
        return {
            "author_of": [
                {
                    "title": author.story.title,
                    "state": author.story.state,
                    "is_shown": author.consented_at is not None,
                    "role": author.role,
                    "unit": author.unit.name if author.unit else "",
                }
                for author in named
            ],
            "newsletters": [
                {
                    "municipality": each.municipality.name,
                    "asked_at": each.asked_at.isoformat(),
                    "is_confirmed": each.confirmed_at is not None,
                }
                for each in asked
            ],
        }
