"""Running a day over the API: its steps, who is on stage, the clock, and questions from the room."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django_scopes import scope

from grobunn.kernel import permissions
from grobunn.kernel.api.access import needs_scope
from grobunn.pitching.api.found import day_or_404, slot_or_404
from grobunn.pitching.api.router import router
from grobunn.pitching.api.schemas import DayStep, DayStepIn, QuestionIn, QuestionOut, SlotStep, WholePitchDayOut
from grobunn.pitching.api.shown import whole_day
from grobunn.pitching.models import Question, QuestionState
from grobunn.pitching.queries.days import slots_of
from grobunn.pitching.queries.room import questions_of
from grobunn.pitching.services import running
from grobunn.pitching.services.questions import settle_question
from grobunn.pitching.states import DAY_MACHINE

_READS = needs_scope("pitching:read")
_WRITES = needs_scope("pitching:write")
_CLOCK = {"pause": running.pause, "resume": running.resume}


@router.post("/pitch-days/{pitch_day_id}/steps/{step}", response=WholePitchDayOut, auth=_WRITES)
def take_day_step(request: HttpRequest, pitch_day_id: UUID, step: DayStep, sent: DayStepIn) -> dict[str, Any]:
    """Begin a day, end it, open it again or cancel it. Who is on stage when it ends has pitched."""
    day = day_or_404(request, pitch_day_id)
    permissions.check(DAY_MACHINE.by_name[step].permission, request.user, day)
    running.step_day(day, step, actor=request.user, reason=sent.reason)
    return whole_day(request, day_or_404(request, pitch_day_id))


@router.post("/pitch-days/{pitch_day_id}/slots/{slot_id}/steps/{step}", response=WholePitchDayOut, auth=_WRITES)
def take_slot_step(request: HttpRequest, pitch_day_id: UUID, slot_id: UUID, step: SlotStep) -> dict[str, Any]:
    """Call a team on stage, let it be asked, thank it, skip it, send it back; stop the clock, or let it go on."""
    slot = slot_or_404(request, pitch_day_id, slot_id)
    if step in _CLOCK:
        _CLOCK[step](slot, actor=request.user)
    else:
        running.step_slot(slot, step, actor=request.user)
    return whole_day(request, slot.day)


@router.get("/pitch-days/{pitch_day_id}/questions", response=list[QuestionOut], auth=_READS)
def list_questions(request: HttpRequest, pitch_day_id: UUID) -> list[dict[str, Any]]:
    """Questions from the room, oldest first; for those who run the day."""
    day = day_or_404(request, pitch_day_id)
    permissions.check("pitching.run", request.user, day)
    return [_question(each) for each in questions_of(slots_of(day), states=QuestionState.values)]


@router.put("/pitch-days/{pitch_day_id}/questions/{question_id}", response=QuestionOut, auth=_WRITES)
def put_question(request: HttpRequest, pitch_day_id: UUID, question_id: UUID, sent: QuestionIn) -> dict[str, Any]:
    """Choose a question, say that it is answered, or put it aside."""
    day = day_or_404(request, pitch_day_id)
    permissions.check("pitching.run", request.user, day)
    with scope(municipality=day.municipality_id):
        question = Question.objects.filter(pk=question_id, slot__day=day).select_related("slot").first()
        if question is None:
            raise Http404
        question.slot.day = day
        settle_question(question, sent.state, actor=request.user)
        question.refresh_from_db(fields=["state"])
    return _question(question)


def _question(question: Question) -> dict[str, Any]:
    told = ("id", "text", "state", "asked_at")
    return {**{name: getattr(question, name) for name in told}, "slot": question.slot_id}
