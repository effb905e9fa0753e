"""Questions from the room: asked by whoever watches, chosen by whoever leads the day."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import NotPossibleNow
from grobunn.pitching.live import tell_room
from grobunn.pitching.models import PitchDay, Question, QuestionState, Slot
from grobunn.pitching.states import DayState, SlotState

# So many unanswered questions to a team are enough for anybody to choose among.
MOST_OPEN = 60


def ask_question(slot: Slot, *, text: str) -> Question:
    """Put a question to a team. The same words twice are one question.

    Raises:  NotPossibleNow where nobody may ask: the day is not under way, takes no questions, or the team has none.
    Effects: row; whoever follows the day sees it.
    """
    with transaction.atomic(), scope(municipality=slot.municipality_id):
        day = PitchDay.objects.get(pk=slot.day_id)
        asked = Question.objects.filter(slot=slot)
        same = asked.filter(text__iexact=text.strip()).first()
        if same is not None:
            return same
        is_open = day.state == DayState.RUNNING and day.takes_questions and slot.state != SlotState.SKIPPED
        if not is_open or asked.filter(state=QuestionState.ASKED).count() >= MOST_OPEN:
            raise NotPossibleNow(_("This team takes no more questions now."))
        question = Question.objects.create(municipality_id=slot.municipality_id, slot=slot, text=text.strip())
        tell_room(day.pk)
    return question


def settle_question(question: Question, state: str, *, actor: Actor) -> None:
    """Choose a question, say that it is answered, put it aside, or take it back. Repeated, it does nothing.

    Raises:  PermissionDenied.
    Effects: row; whoever follows the day sees it.
    """
    permissions.check("pitching.run", actor, question.slot)
    with transaction.atomic(), scope(municipality=question.municipality_id):
        changed = Question.objects.filter(pk=question.pk).exclude(state=state).update(state=QuestionState(state))
        if changed:
            tell_room(question.slot.day_id)
