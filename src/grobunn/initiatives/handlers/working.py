"""What follows from everyday work: who is told. Safe to run twice."""

from uuid import UUID

from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.discussion.events import CommentAdded
from grobunn.discussion.queries import followers_of
from grobunn.initiatives.discussed import KIND
from grobunn.initiatives.events import (
    HelperAdded,
    ReportDue,
    Reported,
    ReportMissing,
    ReportNudge,
    ReportOverdue,
    TaskGiven,
)
from grobunn.initiatives.models import Helper, Initiative, Report, Task
from grobunn.initiatives.notices import working as notices
from grobunn.initiatives.queries.deciders import answering_for
from grobunn.initiatives.queries.helpers import helpers_of
from grobunn.initiatives.queries.initiatives import for_user
from grobunn.kernel.events import subscribe
from grobunn.organisations.models import Role
from grobunn.organisations.queries import next_leader


@subscribe(HelperAdded)
def tell_helper(event: HelperAdded) -> None:
    """Whoever is to help hears with what, and of whom."""
    with scope(municipality=event.municipality_id):
        helper = Helper.objects.select_related("user").filter(pk=event.helper_id, until_on=None).first()
        if helper is not None:
            initiative = _initiative(event.initiative_id)
            owner = initiative.owner.name if initiative.owner else ""
            about = f"{event.id}"
            notices.tell("helper_added", helper.user, initiative, about=about, help=helper.kind, owner=owner)


@subscribe(TaskGiven)
def tell_of_task(event: TaskGiven) -> None:
    """Whoever got a task hears of it, unless it went on to another meanwhile."""
    with scope(municipality=event.municipality_id):
        given = Task.objects.select_related("assignee")
        task = given.filter(pk=event.task_id, assignee=event.user_id, done_at=None).first()
        if task is not None:
            due_on = task.due_on.isoformat() if task.due_on else ""
            initiative = _initiative(event.initiative_id)
            notices.tell("task_given", task.assignee, initiative, about=f"{event.id}", task=task.title, due_on=due_on)


@subscribe(ReportDue)
def tell_owner_of_report(event: ReportDue) -> None:
    """The owner hears that a report is due; while the owner is away, whoever stands in."""
    _tell_owner("report_due", event)


@subscribe(ReportOverdue)
def tell_owner_of_overdue_report(event: ReportOverdue) -> None:
    """The owner hears that a report is overdue; while the owner is away, whoever stands in."""
    _tell_owner("report_overdue", event)


@subscribe(ReportMissing)
def tell_leader_of_missing_report(event: ReportMissing) -> None:
    """The leader above hears once that a report has not come."""
    with scope(municipality=event.municipality_id):
        initiative = _awaited(event)
        if initiative is None:
            return
        role = Role(initiative.owner_role)
        leader = next_leader(initiative.owner_unit, role, municipality=initiative.municipality).user
        if leader is not None and leader.pk != initiative.owner_id:
            notices.tell_of_report("report_missing", leader, initiative, due_on=event.due_on)


@subscribe(Reported)
def take_back_nudges(event: Reported) -> None:
    """The report has come: what was not sent yet need not be."""
    with scope(municipality=event.municipality_id):
        due_on = Report.objects.filter(pk=event.report_id).values_list("due_on", flat=True).first()
        if due_on is not None:
            notices.take_back_nudges(_initiative(event.initiative_id), due_on=due_on)


@subscribe(CommentAdded)
def tell_of_comment(event: CommentAdded) -> None:
    """The owner, the helpers and whoever follows hear of a comment, but not whoever wrote it."""
    if event.kind != KIND:
        return
    with scope(municipality=event.municipality_id):
        initiative = _initiative(event.subject_id)
        circle: dict[UUID, User] = {helper.user_id: helper.user for helper in helpers_of(initiative)}
        circle |= {user.pk: user for user in followers_of(KIND, initiative.pk) if _sees(user, initiative)}
        if initiative.owner is not None:
            circle[initiative.owner.pk] = initiative.owner
        for user_id, user in sorted(circle.items(), key=lambda each: str(each[0])):
            if user_id != event.author_id:
                notices.tell("commented", user, initiative, about=f"{event.comment_id}:{user_id}")


def _sees(user: User, initiative: Initiative) -> bool:
    return for_user(user).filter(pk=initiative.pk).exists()


def _tell_owner(kind: str, event: ReportNudge) -> None:
    with scope(municipality=event.municipality_id):
        initiative = _awaited(event)
        if initiative is not None:
            notices.tell_of_report(kind, answering_for(initiative), initiative, due_on=event.due_on)


def _awaited(event: ReportNudge) -> Initiative | None:
    """The initiative of a nudge, None where the report has come meanwhile."""
    initiative = _initiative(event.initiative_id)
    return initiative if initiative.report_due_on == event.due_on and not initiative.is_finished else None


def _initiative(initiative_id: UUID) -> Initiative:
    return Initiative.objects.select_related("municipality", "owner", "owner_unit").get(pk=initiative_id)
