"""Everyday work over the API: reports, tasks, milestones."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django_scopes import scope
from ninja.responses import Status

from grobunn.accounts.models import User
from grobunn.initiatives.api.router import router
from grobunn.initiatives.api.shown import initiative_or_404
from grobunn.initiatives.api.work_schemas import (
    MarkIn,
    MilestoneIn,
    MilestoneOut,
    ReportIn,
    ReportOut,
    TaskIn,
    TaskOut,
)
from grobunn.initiatives.models import Initiative, Milestone, Task
from grobunn.initiatives.queries import work
from grobunn.initiatives.services import milestones, parts, reports, tasks
from grobunn.initiatives.services.reports import Told
from grobunn.kernel.api.access import needs_scope
from grobunn.organisations.queries import member_by_email

_READS = needs_scope("initiatives:read")
_WRITES = needs_scope("initiatives:write")
# As many as a page shows; nobody has come near it.
_MOST = 200


@router.get("/initiatives/{reference}/reports", response=list[ReportOut], auth=_READS)
def list_reports(request: HttpRequest, reference: str) -> list[Any]:
    """The reports of an initiative, the latest first."""
    initiative = initiative_or_404(request, reference)
    with scope(municipality=initiative.municipality_id):
        return list(work.reports_of(initiative)[:_MOST])


@router.post("/initiatives/{reference}/reports", response={201: ReportOut}, auth=_WRITES)
def send_report(request: HttpRequest, reference: str, sent: ReportIn) -> Status[Any]:
    """Report on an initiative: its status is the report's from now on."""
    initiative = initiative_or_404(request, reference)
    told = Told(
        done=sent.done, next=sent.next, in_the_way=sent.in_the_way, signal=sent.signal.value, status=sent.status
    )
    with scope(municipality=initiative.municipality_id):
        return Status(201, reports.report(initiative, told=told, key=sent.key, actor=request.user))


@router.get("/initiatives/{reference}/tasks", response=list[TaskOut], auth=_READS)
def list_tasks(request: HttpRequest, reference: str) -> list[Any]:
    """The tasks of an initiative: what is to be done first, then what is done."""
    initiative = initiative_or_404(request, reference)
    with scope(municipality=initiative.municipality_id):
        return [_task(task) for task in work.tasks_of(initiative)[:_MOST]]


@router.post("/initiatives/{reference}/tasks", response={201: TaskOut}, auth=_WRITES)
def add_task(request: HttpRequest, reference: str, sent: TaskIn) -> Status[Any]:
    """Add a task, and tell whoever gets it."""
    initiative = initiative_or_404(request, reference)
    with scope(municipality=initiative.municipality_id):
        task = tasks.add_task(
            initiative,
            title=sent.title,
            assignee=_colleague(initiative, sent.assignee),
            due_on=sent.due_on,
            key=sent.key,
            actor=request.user,
        )
    return Status(201, _task(task))


@router.post("/initiatives/{reference}/tasks/{task_id}/done", response=TaskOut, auth=_WRITES)
def mark_task(request: HttpRequest, reference: str, task_id: UUID, sent: MarkIn) -> dict[str, Any]:
    """Say that a task is done, or that it is not after all."""
    initiative = initiative_or_404(request, reference)
    with scope(municipality=initiative.municipality_id):
        found = Task.objects.filter(initiative=initiative, pk=task_id).select_related("assignee")
        task = _or_404(found.first())
        tasks.mark_task(task, is_done=sent.is_done, actor=request.user)
        task.refresh_from_db(fields=["done_at"])
    return _task(task)


@router.get("/initiatives/{reference}/milestones", response=list[MilestoneOut], auth=_READS)
def list_milestones(request: HttpRequest, reference: str) -> list[Any]:
    """The milestones of an initiative, by day."""
    initiative = initiative_or_404(request, reference)
    with scope(municipality=initiative.municipality_id):
        return list(work.milestones_of(initiative)[:_MOST])


@router.post("/initiatives/{reference}/milestones", response={201: MilestoneOut}, auth=_WRITES)
def add_milestone(request: HttpRequest, reference: str, sent: MilestoneIn) -> Status[Any]:
    """Add a milestone."""
    initiative = initiative_or_404(request, reference)
    fields = {"title": sent.title.strip(), "due_on": sent.due_on}
    with scope(municipality=initiative.municipality_id):
        return Status(201, parts.add(Milestone, initiative, key=sent.key, actor=request.user, fields=fields))


@router.post("/initiatives/{reference}/milestones/{milestone_id}/reached", response=MilestoneOut, auth=_WRITES)
def mark_milestone(request: HttpRequest, reference: str, milestone_id: UUID, sent: MarkIn) -> Milestone:
    """Say that a milestone is reached, or that it is not after all."""
    initiative = initiative_or_404(request, reference)
    with scope(municipality=initiative.municipality_id):
        milestone = _or_404(Milestone.objects.filter(initiative=initiative, pk=milestone_id).first())
        act = milestones.reach if sent.is_done else milestones.unreach
        act(milestone, actor=request.user)
        milestone.refresh_from_db(fields=["reached_on"])
    return milestone


def _colleague(initiative: Initiative, email: str) -> User | None:
    if not email.strip():
        return None
    user = member_by_email(initiative.municipality_id, email)
    if user is None:
        raise ValidationError({"assignee": _("Nobody with that address works in the municipality.")})
    return user


def _or_404(part: Any) -> Any:
    if part is None:
        raise Http404
    return part


def _task(task: Task) -> dict[str, Any]:
    return {
        "id": task.pk,
        "title": task.title,
        "assignee": task.assignee.name if task.assignee else None,
        "due_on": task.due_on,
        "done_at": task.done_at,
    }
