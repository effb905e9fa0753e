"""A pitch day, its slots, what teams ask for, and what watchers ask."""

from grobunn.pitching.models.days import PitchDay, Question, QuestionState, Slot
from grobunn.pitching.models.proposals import Proposal, ProposalLine

__all__ = ["PitchDay", "Proposal", "ProposalLine", "Question", "QuestionState", "Slot"]
