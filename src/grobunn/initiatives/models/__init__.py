"""Initiatives, and what belongs to them."""

from grobunn.initiatives.models.initiatives import Feed, Initiative, NumberSeries, Signal
from grobunn.initiatives.models.work import (
    Attachment,
    Entry,
    Helper,
    Level,
    Milestone,
    MilestoneMove,
    Report,
    Risk,
    Task,
)

__all__ = [
    "Attachment",
    "Entry",
    "Feed",
    "Helper",
    "Initiative",
    "Level",
    "Milestone",
    "MilestoneMove",
    "NumberSeries",
    "Report",
    "Risk",
    "Signal",
    "Task",
]
