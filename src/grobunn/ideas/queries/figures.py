"""Figures of a municipality that anybody may see; each opens the rows behind it."""

from dataclasses import dataclass
from uuid import UUID

from django.core.cache import caches
from django.db.models import Count, Q

from grobunn.ideas.models import Idea
from grobunn.ideas.states import IdeaState

FIGURES_SECONDS = 60


@dataclass(frozen=True)
class Figures:
    """What became of a municipality's ideas. Counts of ideas, never of persons."""

    received: int
    answered: int
    answered_in_time: int
    started: int
    solved: int

    @property
    def in_time_percent(self) -> int | None:
        """Share of the answers that came in time, in whole percent; None before the first answer."""
        return round(100 * self.answered_in_time / self.answered) if self.answered else None


def figures_of(municipality_id: UUID) -> Figures:
    """A municipality's figures, at most a minute old."""
    key = f"figures:{municipality_id}"
    figures: Figures | None = caches["process"].get(key)
    if figures is None:
        counted = Idea.objects.filter(municipality_id=municipality_id).aggregate(
            received=Count("id"),
            answered=Count("id", filter=Q(first_answered_at__isnull=False)),
            answered_in_time=Count("id", filter=Q(is_answered_in_time=True)),
            started=Count("id", filter=Q(state=IdeaState.STARTED)),
            solved=Count("id", filter=Q(state=IdeaState.SOLVED)),
        )
        figures = Figures(**counted)
        caches["process"].set(key, figures, FIGURES_SECONDS)
    return figures
