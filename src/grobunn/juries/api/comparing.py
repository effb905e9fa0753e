"""Comparing two at a time over the API: which two come next, and answering, in whatever order answers come."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Field, Schema
from pydantic import AwareDatetime

from grobunn.juries.api.router import router
from grobunn.juries.api.shown import panel_or_404
from grobunn.juries.models import Member
from grobunn.juries.queries.comparing import AHEAD, to_compare
from grobunn.juries.queries.members import member_of
from grobunn.juries.services.comparing import AnswerGiven, AnswerTakenBack, record_answers
from grobunn.juries.services.scoring import is_open_for_scores
from grobunn.kernel import clock
from grobunn.kernel.api.access import needs_scope
from grobunn.kernel.devices import MOST


class AnswerIn(Schema):
    """Which of two is better."""

    id: UUID = Field(description="The answer's own id, made on the device: sent again, it is kept once.")
    left: UUID
    right: UUID
    better: UUID | None = Field(description="One of the two; null where they are equally good.")
    at: AwareDatetime | None = Field(None, description="When it was given, by the device's clock.")


class TakenBackIn(Schema):
    """That an answer is not to count any more."""

    id: UUID
    answer: UUID = Field(description="The answer's id.")
    at: AwareDatetime | None = None


class AnswersIn(Schema):
    """Answers, and those that are taken back."""

    answers: list[AnswerIn] = Field(default_factory=list, max_length=MOST)
    taken_back: list[TakenBackIn] = Field(default_factory=list, max_length=MOST)
    sent_at: AwareDatetime | None = Field(None, description="The device's clock at sending: a wrong one is set right.")


class PairOut(Schema):
    """Two entries to compare, by their ids."""

    left: UUID
    right: UUID


class PairsOut(Schema):
    """What comes next for the caller."""

    pairs: list[PairOut] = Field(description="The next ones, best first; none while answers are not taken.")
    done: int = Field(description="Pairs that the caller has compared.")
    enough: int = Field(description="Comparisons after which more say little.")


class AnswersKeptOut(PairsOut):
    """The same, with what became of what was sent, by id."""

    kept: list[UUID]
    void: list[UUID] = Field(description="Kept, and without effect: answers were not taken when it was given.")
    refused: list[UUID] = Field(description="Not the caller's to compare, or to take back.")


@router.get("/panels/{panel_id}/pairs", response=PairsOut, auth=needs_scope("juries:read"))
def next_pairs(request: HttpRequest, panel_id: str) -> dict[str, Any]:
    """Which two the caller is asked about next, on a panel that compares two at a time."""
    return _pairs(_member_or_404(request, panel_id))


@router.put("/panels/{panel_id}/comparisons", response=AnswersKeptOut, auth=needs_scope("juries:write"))
def put_comparisons(request: HttpRequest, panel_id: str, sent: AnswersIn) -> dict[str, Any]:
    """Answer, or take answers back. Sent again it changes nothing; of several about the same two, the last counts."""
    member, now = _member_or_404(request, panel_id), clock.now()
    given: list[AnswerGiven | AnswerTakenBack] = [
        AnswerGiven(id=each.id, pair=(each.left, each.right), better=each.better, made_at=each.at or now)
        for each in sent.answers
    ]
    given += [AnswerTakenBack(id=each.id, answer_id=each.answer, made_at=each.at or now) for each in sent.taken_back]
    became = record_answers(member, given, sent_at=sent.sent_at)
    return {**_pairs(member), "kept": became.kept, "void": became.void, "refused": became.refused}


def _member_or_404(request: HttpRequest, panel_id: str) -> Member:
    member = member_of(panel_or_404(request, panel_id), request.user)
    if member is None or not member.scores or not member.panel.is_pairwise:
        raise Http404
    return member


def _pairs(member: Member) -> dict[str, Any]:
    asked = to_compare(member, ahead=AHEAD)
    pairs = asked.pairs if is_open_for_scores(member.panel) else ()
    return {
        "pairs": [{"left": left.pk, "right": right.pk} for left, right in pairs],
        "done": asked.done,
        "enough": asked.of,
    }
