"""Panels and what belongs to them; a file per family."""

from grobunn.juries.models.impartiality import Assessment, Conflict, Declaration, StandIn
from grobunn.juries.models.panels import (
    CriteriaSet,
    Criterion,
    Entry,
    Member,
    NumberSeries,
    Panel,
    Party,
    PartyKind,
)
from grobunn.juries.models.protocols import Protocol
from grobunn.juries.models.scores import Assignment, Comparison, Score, Tap

__all__ = [
    "Assessment",
    "Assignment",
    "Comparison",
    "Conflict",
    "CriteriaSet",
    "Criterion",
    "Declaration",
    "Entry",
    "Member",
    "NumberSeries",
    "Panel",
    "Party",
    "PartyKind",
    "Protocol",
    "Score",
    "StandIn",
    "Tap",
]
