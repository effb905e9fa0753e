"""Reasons in plain words that a municipality often gives."""

from uuid import UUID

from grobunn.ideas.models import ReasonTemplate


def reasons_for(municipality_id: UUID, edge: str) -> list[ReasonTemplate]:
    """Ready reasons for one step, by name."""
    return list(ReasonTemplate.objects.filter(municipality_id=municipality_id, edge=edge).order_by("name"))
