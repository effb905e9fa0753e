"""Tasks: who does them, and that they are done."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from grobunn.accounts.models import User
from grobunn.initiatives.events import TaskGiven
from grobunn.initiatives.models import Initiative, Task
from grobunn.initiatives.queries.helpers import who_may_be_given_tasks
from grobunn.initiatives.services import parts
from grobunn.kernel import clock, events, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import TransitionRefused


class NotAround(TransitionRefused):
    """A task for somebody who neither works in the municipality nor helps."""


def add_task(
    initiative: Initiative,
    *,
    title: str,
    assignee: User | None = None,
    due_on: date | None = None,
    key: UUID | None = None,
    actor: Actor,
) -> Task:
    """Add a task, and tell whoever got it. Raises: as `parts.add`; NotAround. Effects: row, TaskGiven."""
    _check_around(initiative, assignee)
    fields = {"title": title.strip(), "assignee": assignee, "due_on": due_on}
    with transaction.atomic():
        task = parts.add(Task, initiative, key=key, actor=actor, fields=fields)
        _tell(task, before=None, actor=actor)
    return task


def change_task(task: Task, *, seen: str = "", actor: Actor, fields: Mapping[str, Any]) -> Task:
    """Change a task, and tell whoever got it now. Raises: as `parts.change`; NotAround. Effects: row, TaskGiven."""
    _check_around(task.initiative, fields.get("assignee"))
    before = task.assignee_id
    with transaction.atomic():
        kept = parts.change(task, seen=seen, actor=actor, fields=fields)
        _tell(kept, before=before, actor=actor)
    return kept


def mark_task(task: Task, *, is_done: bool, actor: Actor) -> None:
    """Say that a task is done, or that it is not. Whoever has it may, beside those who help. Safe to repeat."""
    if actor.pk is None or actor.pk != task.assignee_id:
        permissions.check("initiatives.help", actor, task.initiative)
    rows = Task.objects.filter(pk=task.pk)
    if is_done:
        rows.filter(done_at=None).update(done_at=clock.now())
    else:
        rows.update(done_at=None)


def _check_around(initiative: Initiative, assignee: User | None) -> None:
    if assignee is not None and not who_may_be_given_tasks(initiative).filter(pk=assignee.pk).exists():
        raise NotAround(_("Choose somebody who works in the municipality or helps the initiative."))


def _tell(task: Task, *, before: UUID | None, actor: Actor) -> None:
    if task.assignee_id is not None and task.assignee_id not in (before, actor.pk):
        events.publish(
            TaskGiven(
                initiative_id=task.initiative_id,
                municipality_id=task.municipality_id,
                task_id=task.pk,
                user_id=task.assignee_id,
            )
        )
