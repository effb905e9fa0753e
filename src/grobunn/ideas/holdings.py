"""What ideas hold about a person, for the person's own page and export."""

from typing import Any

from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.ideas.models import CoWriter, Idea, RoutingProposal, SavedView


def held_about(user: User) -> dict[str, Any]:
    """Ideas that somebody wrote, joined or holds, their saved views and proposals, as JSON carries them."""
    with scopes_disabled():
        return {
            "wrote": [_written(idea) for idea in Idea.objects.filter(writer=user).order_by("-submitted_at", "-id")],
            "joined": list(CoWriter.objects.filter(user=user).values_list("idea__reference", flat=True)),
            "holds": list(Idea.objects.filter(holder=user).values_list("reference", flat=True)),
            "proposes_routing_in": list(
                RoutingProposal.objects.filter(user=user).values_list("municipality__name", flat=True)
            ),
            "saved_views": list(SavedView.objects.filter(user=user).values("name", "query")),
        }


def _written(idea: Idea) -> dict[str, Any]:
    return {
        "reference": idea.reference,
        "title": idea.title,
        "text": idea.text,
        "state": idea.state,
        "submitted_at": idea.submitted_at.isoformat(),
    }
