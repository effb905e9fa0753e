"""What becomes of a question from the room."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from grobunn.organisations.requests import TenantRequest
from grobunn.pitching.addresses import run_page
from grobunn.pitching.models import PitchDay, Question, QuestionState
from grobunn.pitching.services.questions import settle_question
from grobunn.pitching.views.fetch import of_day


@require_POST
@of_day("pitching.run")
def settle(request: TenantRequest, day: PitchDay, question_id: UUID) -> HttpResponse:
    """Choose it, say that it is answered, or put it aside."""
    question = Question.objects.filter(pk=question_id, slot__day=day).select_related("slot").first()
    state = request.POST.get("til", "")
    if question is None or state not in QuestionState.values:
        raise Http404
    question.slot.day = day
    settle_question(question, state, actor=request.user)
    return redirect(f"{run_page(day)}#sporsmal")
