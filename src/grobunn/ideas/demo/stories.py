"""Ideas made up for the demonstration, lived through the services with the clock moved; nobody is told of them."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django_scopes import scope

from grobunn.accounts.demo import key_of, person
from grobunn.discussion.services.applause import applaud
from grobunn.discussion.services.comments import add_comment
from grobunn.discussion.services.follow import follow
from grobunn.ideas import starting
from grobunn.ideas.discussed import ATTACHABLE
from grobunn.ideas.models import Contact, Idea, Visibility
from grobunn.ideas.packaged import packaged_yaml
from grobunn.ideas.services.deadlines import keep_promises
from grobunn.ideas.services.submit import Submission, submit_idea
from grobunn.ideas.services.transitions import move_idea
from grobunn.kernel import clock, events
from grobunn.kernel.actors import Actor, ReceiptHolder
from grobunn.organisations.models import Municipality, Role, RoleAssignment
from grobunn.organisations.queries import unit_by_slug
from grobunn.search.services import index_many

Story = Mapping[str, Any]

_WRITTEN_AT, _ANSWERED_AT = time(9, 40), time(13, 15)
_SATURDAY = 5


def tell_stories() -> None:
    """Make the ideas that are not there, oldest first, each with its steps on their days."""
    stories = sorted(packaged_yaml("demo", "ideas.yaml"), key=lambda story: -story["days_ago"])
    with events.withheld(), starting.alone():
        told = [idea for story in stories if (idea := _told(story)) is not None]
        if told:
            # What the calendar would have done to them by now.
            keep_promises()
    index_many("idea", [idea.pk for idea in told])


def _told(story: Story) -> Idea | None:
    municipality = Municipality.objects.get(slug=story["municipality"])
    with scope(municipality=municipality.pk):
        if Idea.objects.filter(submission_key=key_of("ideas", story["id"])).exists():
            return None
        idea = _written(municipality, story)
        for step in story.get("steps", ()):
            _take(idea, step, story=story)
        for comment in story.get("comments", ()):
            with clock.moved_to(_moment(story, comment["after"], _ANSWERED_AT)):
                author = person(comment["by"])
                add_comment(idea, attachable=ATTACHABLE, text=comment["text"], actor=author)
                follow(idea, attachable=ATTACHABLE, actor=author)
        for name in story.get("applause", ()):
            applaud(idea, attachable=ATTACHABLE, actor=person(name))
        return idea


def _written(municipality: Municipality, story: Story) -> Idea:
    writer = person(story["writer"]) if "writer" in story else None
    submission = Submission(
        text=story["text"],
        title=story["title"],
        kind=story["kind"],
        visibility=story.get("visibility", Visibility.MUNICIPALITY),
        contact=Contact.ACCOUNT if writer else Contact.RECEIPT,
        language=municipality.language,
        key=key_of("ideas", story["id"]),
    )
    unit = unit_by_slug(municipality.pk, story["unit"]) if "unit" in story else None
    with clock.moved_to(_moment(story, 0, _WRITTEN_AT)):
        idea = submit_idea(municipality, submission=submission, actor=writer or AnonymousUser(), unit=unit)
    Idea.objects.filter(pk=idea.pk).update(is_synthetic=True)
    return idea


def _take(idea: Idea, step: Mapping[str, Any], *, story: Story) -> None:
    with clock.moved_to(_moment(story, step["after"], _ANSWERED_AT)):
        move_idea(idea, step["step"], actor=_actor(idea, step), **_arguments(idea, step))


def _actor(idea: Idea, step: Mapping[str, Any]) -> Actor:
    """Who takes a step: who is named, the writer for the writer's own steps, else the holder or the adviser."""
    if "by" in step:
        return person(step["by"])
    if step["step"] in ("reply", "withdraw"):
        return idea.writer or ReceiptHolder(idea.receipt)
    if idea.holder is not None:
        return idea.holder
    return RoleAssignment.objects.filter(role=Role.INNOVATION_ADVISER).select_related("user")[0].user


def _arguments(idea: Idea, step: Mapping[str, Any]) -> dict[str, Any]:
    """A step's own arguments: days become dates, names become objects."""
    given = {name: value for name, value in step.items() if name not in ("step", "after", "by", "until_days")}
    if "until_days" in step:
        given["until"] = clock.today() + timedelta(days=step["until_days"])
    if "into" in step:
        given["into"] = Idea.objects.get(submission_key=key_of("ideas", step["into"]))
    if "unit" in step:
        given["unit"] = unit_by_slug(idea.municipality_id, step["unit"])
    return given


def _moment(story: Story, after_days: int, at: time) -> datetime:
    """A time of day so many days after the idea was written, on a working day and not ahead of now."""
    day = clock.today() - timedelta(days=story["days_ago"] - after_days)
    if day.weekday() >= _SATURDAY:
        is_late = story["days_ago"] - after_days < 3
        day += timedelta(days=_SATURDAY - 1 - day.weekday() if is_late else 7 - day.weekday())
    return min(timezone.make_aware(datetime.combine(day, at)), clock.now())
