"""What whoever answers an idea should look at first: what is like it, here and elsewhere."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from grobunn.accounts.models import User
from grobunn.ideas.models import Idea
from grobunn.ideas.states import IdeaState
from grobunn.search.queries import Match, similar, worth_reading

ALIKE_LIMIT = 4
# An idea in one of these states shows the way for another: it has an answer that can be pointed to.
_SHOWS_THE_WAY = (IdeaState.SOLVED, IdeaState.STARTED)
_CANNOT_GO_ON = (IdeaState.MERGED, IdeaState.WITHDRAWN)


@dataclass(frozen=True)
class Alike:
    """Something like an idea, and what can be done with that.

    Takes: reference, of an idea that this one can be merged into, else ""; is_solution, whether it can be pointed to.
    """

    match: Match
    reference: str
    is_solution: bool


def alike(idea: Idea, *, user: User) -> list[Alike]:
    """Ideas and cases like an idea, never itself, never what somebody said is not the same."""
    matches = like_this(idea, user=user)
    references = _references(idea, matches)
    return [
        Alike(
            match=match,
            reference=references.get(match.id, ""),
            is_solution=match.kind != "idea" or match.state in _SHOWS_THE_WAY,
        )
        for match in matches
    ]


def like_this(idea: Idea, *, user: User | AnonymousUser) -> list[Match]:
    """What is like an idea and somebody may see, never itself, never what somebody said is not the same."""
    text = f"{idea.title} {idea.text}".strip()
    found = similar(
        text, user=user, municipality_id=idea.municipality_id, exclude=[("idea", idea.pk)], limit=ALIKE_LIMIT
    )
    return worth_reading(found)


def _references(idea: Idea, matches: list[Match]) -> dict[UUID, str]:
    """References of the matches that the idea can be merged into: ideas of its own municipality that go on."""
    ids = [match.id for match in matches if match.kind == "idea" and match.municipality_id == idea.municipality_id]
    if not ids:
        return {}
    going_on = Idea.objects.filter(pk__in=ids).exclude(state__in=_CANNOT_GO_ON)
    return dict(going_on.values_list("pk", "reference"))
