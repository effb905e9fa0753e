"""The parts of an initiative's work, as its pages show them; one SQL each."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
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


@dataclass(frozen=True)
class Counts:
    """How much there is of what the page only leads to."""

    risks: int
    files: int
    reports: int
    milestones: int
    tasks: int


def counts_of(initiative: Initiative) -> Counts:
    """Open risks and tasks, milestones that are not reached, files, reports. One SQL."""

    def number(model: type[Any], **condition: Any) -> Any:
        rows = model.objects.filter(initiative=initiative, **condition).order_by()
        return rows.values("initiative").annotate(number=Count("pk")).values("number")

    with scopes_disabled():
        row = (
            Initiative.objects.filter(pk=initiative.pk)
            .values(
                risks=number(Risk, closed_at=None),
                files=number(Attachment),
                reports=number(Report),
                milestones=number(Milestone, reached_on=None),
                tasks=number(Task, done_at=None),
            )
            .get()
        )
    return Counts(**{name: int(count or 0) for name, count in dict[str, Any](row).items()})


def _of(model: type[Any], initiative: Initiative) -> QuerySet[Any]:
    with scopes_disabled():
        found: QuerySet[Any] = model.objects.filter(Q(initiative=initiative))
        return found
