"""The everyday work of the made-up initiatives: milestones, tasks, helpers, risks, sentences and reports."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from grobunn.accounts.demo import person
from grobunn.initiatives.models import Entry, Helper, Initiative, Milestone, Report, Risk, Task
from grobunn.kernel import clock

Story = Mapping[str, Any]


def set_out(initiative: Initiative, story: Story) -> None:
    """What was planned when it began. The rows are written as they are: no notice belongs to any of them."""
    made = {"municipality_id": initiative.municipality_id, "initiative": initiative, "made_by": _owner(story)}
    today = clock.today()
    for title, due_after, _reached in story.get("milestones", ()):
        Milestone.objects.create(title=title, due_on=today + timedelta(days=due_after), **made)
    for name, kind in story.get("helpers", ()):
        Helper.objects.create(user=person(name), kind=kind, **made)
    for title, name, _is_done in story.get("tasks", ()):
        Task.objects.create(title=title, assignee=person(name), due_on=today + timedelta(days=60), **made)
    for text, likelihood, gravity, measure in story.get("risks", ()):
        Risk.objects.create(text=text, likelihood=likelihood, gravity=gravity, measure=measure, **made)


def reported(initiative: Initiative, told: Mapping[str, Any], *, story: Story) -> None:
    """A report, or a sentence in the log."""
    made = {"municipality_id": initiative.municipality_id, "initiative": initiative, "made_by": _owner(story)}
    if "entry" in told:
        Entry.objects.create(text=told["entry"], made_at=clock.now(), **made)
        return
    fields = {name: told[name] for name in ("done", "next", "in_the_way", "signal", "status")}
    Report.objects.create(due_on=clock.today(), made_at=clock.now(), **fields, **made)
    Initiative.objects.filter(pk=initiative.pk).update(
        signal=told["signal"],
        status=told["status"],
        status_at=clock.now(),
        report_due_on=clock.today() + timedelta(weeks=initiative.report_weeks),
    )


def done(initiative: Initiative, story: Story) -> None:
    """What has been reached and done by now."""
    begun_on = clock.today() - timedelta(days=story["begun_days_ago"])
    for title, _due_after, reached_after in (story["milestone"], *story.get("milestones", ())):
        if reached_after is not None:
            reached_on = begun_on + timedelta(days=reached_after)
            Milestone.objects.filter(initiative=initiative, title=title).update(reached_on=reached_on)
    for title, _name, is_done in story.get("tasks", ()):
        if is_done:
            Task.objects.filter(initiative=initiative, title=title).update(done_at=clock.now())


def _owner(story: Story) -> Any:
    return person(story["owner"][0])
