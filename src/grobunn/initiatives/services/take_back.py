"""Takes a beginning back, with the idea's answer: within ten minutes, and only while nothing else has happened."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.capacity.models import HoursUsed, Want
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.room import Line
from grobunn.capacity.services.queue import join_queue, leave_queue
from grobunn.capacity.services.reserve import list_reservations, release
from grobunn.ideas.models import Idea
from grobunn.ideas.states import IdeaState
from grobunn.ideas.waking import WaitsFor
from grobunn.initiatives.claims import claim_of_idea
from grobunn.initiatives.models import Attachment, Entry, Feed, Helper, Initiative, Milestone, Report, Risk, Task
from grobunn.initiatives.services.start import claim_of
from grobunn.kernel import audit
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import TransitionRefused

_ROWS_OF_WORK = (Task, Helper, Attachment, Entry, Risk, Report)


class WorkHasBegun(TransitionRefused):
    """Something has happened to the initiative since it was begun."""


def take_back_start(idea: Idea, change: StateChange, actor: Actor) -> None:
    """Undo what began when an idea was started: the initiative goes, unless other ideas feed it too.

    An idea that was parked to wait for room no longer stands in the queue.

    Takes:   change, the idea's own step, which the caller undoes in the same transaction.
    Raises:  WorkHasBegun: then nothing has changed.
    Effects: rows, reservations released, audit.
    """
    if change.edge == "park":
        leave_queue(idea.pk)
        return
    with transaction.atomic(), scope(municipality=idea.municipality_id):
        feed = Feed.objects.select_related("initiative").filter(idea=idea).first()
        if feed is None:
            return
        initiative = Initiative.objects.select_for_update().get(pk=feed.initiative_id)
        feed.delete()
        if Feed.objects.filter(initiative=initiative).exists() or not _began_with(initiative, idea):
            return
        if _is_worked_on(initiative):
            raise WorkHasBegun(
                _("Something has been done with the initiative already. Stop it there, and say what was learned.")
            )
        _wait_again(idea, initiative)
        release(claim_of(initiative), actor=actor)
        audit.record(
            "initiatives.take_back", actor=actor, subject=initiative, municipality_id=initiative.municipality_id
        )
        StateChange.objects.filter(subject_id=initiative.pk).delete()
        initiative.delete()


def _wait_again(idea: Idea, initiative: Initiative) -> None:
    """An idea that waited for room has its old place in the queue again."""
    if idea.state != IdeaState.PARKED or idea.waits_for != WaitsFor.CAPACITY:
        return
    held = list_reservations(initiative.pk)
    lines = [Line(source=row.source, quarter=Quarter.of(row.quarter_on), amount=row.amount) for row in held]
    want = join_queue(claim_of_idea(idea, unit=initiative.unit), lines=lines)
    Want.objects.filter(pk=want.pk).update(since=idea.state_since)


def _began_with(initiative: Initiative, idea: Idea) -> bool:
    """Whether the initiative was begun from the idea; else the idea joined what was there before."""
    begun = StateChange.objects.get(subject_id=initiative.pk, edge="create")
    return str(idea.pk) in begun.data["ideas"]


def _is_worked_on(initiative: Initiative) -> bool:
    return (
        StateChange.objects.filter(subject_id=initiative.pk).count() > 1
        or Milestone.objects.filter(initiative=initiative).count() > 1
        or HoursUsed.objects.filter(claim_id=initiative.pk).exists()
        or any(model.objects.filter(initiative=initiative).exists() for model in _ROWS_OF_WORK)
    )
