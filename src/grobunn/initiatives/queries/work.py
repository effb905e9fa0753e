"""The parts of an initiative's work, as its pages show them; one SQL each."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django_scopes import scopes_disabled

from grobunn.initiatives.models import Attachment, Entry, Initiative, Milestone, Report, Risk, Task


def milestones_of(initiative: Initiative) -> QuerySet[Milestone]:
    """Milestones by day."""
    return _of(Milestone, initiative).order_by("due_on", "id")


def tasks_of(initiative: Initiative) -> QuerySet[Task]:
    """What is to be done first, by day; then what is done, the latest first."""
    rows = _of(Task, initiative).select_related("assignee")
    return rows.order_by(F("done_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "id")


def open_tasks_of(initiative: Initiative) -> QuerySet[Task]:
    """What is to be done, by day."""
    return tasks_of(initiative).filter(done_at=None)


def risks_of(initiative: Initiative) -> QuerySet[Risk]:
    """Open risks first, the gravest and likeliest on top."""
    weight = F("likelihood") * F("gravity")
    return _of(Risk, initiative).order_by(F("closed_at").desc(nulls_first=True), weight.desc(), "id")


def attachments_of(initiative: Initiative) -> QuerySet[Attachment]:
    """Files and texts, the latest first."""
    return _of(Attachment, initiative).select_related("made_by").order_by("-made_at", "-id")


def entries_of(initiative: Initiative) -> QuerySet[Entry]:
    """Lines of the log, the latest first."""
    return _of(Entry, initiative).select_related("made_by").order_by("-made_at", "-id")


def reports_of(initiative: Initiative) -> QuerySet[Report]:
    """Reports, the latest first."""
    return _of(Report, initiative).select_related("made_by").order_by("-made_at", "-id")


def _of(model: type[Any], initiative: Initiative) -> QuerySet[Any]:
    with scopes_disabled():
        found: QuerySet[Any] = model.objects.filter(Q(initiative=initiative))
        return found
