"""Initiatives made up for the demonstration, lived through the services with the clock moved; nobody is told."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import translation
from django_scopes import scope

from grobunn.accounts.demo import key_of, person
from grobunn.capacity.models import Source
from grobunn.capacity.quarters import Quarter
from grobunn.ideas.models import Idea
from grobunn.initiatives.demo import capacity, neighbours
from grobunn.initiatives.demo.people import moment
from grobunn.initiatives.demo.work import done, reported, set_out
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.packaged import packaged_yaml
from grobunn.initiatives.queries.phases import phase_now
from grobunn.initiatives.services import ends, gates, planning
from grobunn.initiatives.services.attachments import attach
from grobunn.initiatives.services.start import Beginning, start_initiative
from grobunn.kernel import clock, events
from grobunn.methods.queries import method_of
from grobunn.organisations.models import Municipality, Unit
from grobunn.organisations.queries import unit_by_slug
from grobunn.search.services import index_many

Story = Mapping[str, Any]

_WHERE = "trondheim"


def tell_stories() -> None:
    """Make what is not there: capacity, the initiatives oldest first, and the queue."""
    told = packaged_yaml("demo.yaml")
    municipality = Municipality.objects.get(slug=_WHERE)
    with scope(municipality=municipality.pk), events.withheld(), translation.override(municipality.language):
        sources = capacity.declared_sources(municipality, told["sources"])
        stories = sorted(told["initiatives"], key=lambda story: -story["begun_days_ago"])
        made = [each for story in stories if (each := _told(municipality, story, sources)) is not None]
        if made:
            capacity.lower(sources, told["lowered"])
        for waiting in told["queue"]:
            capacity.let_wait(municipality, sources, waiting)
        neighbours.lend(sources, told["lent"])
        there = [neighbours.begin_there(borrowed, sources) for borrowed in told["borrowed"]]
        fed = Idea.objects.filter(pk__in=[idea.pk for each in made for idea in each.ideas.all()])
        index_many("idea", list(fed.values_list("pk", flat=True)))
        # Nobody hears of what is loaded, search neither: it is told here.
        index_many("initiative", [each.pk for each in (*made, *there) if each is not None])


def _told(municipality: Municipality, story: Story, sources: Mapping[str, Source]) -> Initiative | None:
    if Initiative.objects.filter(key=key_of("initiatives", story["id"])).exists():
        return None
    present = Quarter.now()
    with clock.moved_to(moment(story["begun_days_ago"])):
        first = present + story["starts_in"] if "starts_in" in story else Quarter.now()
        lines = capacity.lines_of(sources, story["lines"], first=first, present=present)
        initiative = start_initiative(
            municipality,
            beginning=_beginning(municipality, story, lines),
            ideas=[_idea(name) for name in story.get("ideas", ())],
            actor=person("adviser"),
        )
        set_out(initiative, story)
    _lived(initiative, story)
    return initiative


def _beginning(municipality: Municipality, story: Story, lines: list[Any]) -> Beginning:
    name, role, place = story["owner"]
    method = method_of(municipality.pk, story["method"])
    assert method is not None  # noqa: S101 -- the methods of the file come with Grobunn
    milestone, due_after, _reached = story["milestone"]
    return Beginning(
        title=story["title"],
        summary=story.get("summary", ""),
        hypothesis=story["hypothesis"],
        unit=_unit(municipality, story["unit"]),
        owner=person(name),
        owner_role=role,
        owner_unit=_unit(municipality, place),
        milestone=milestone,
        milestone_due_on=clock.today() + timedelta(days=due_after),
        method=method,
        phase=story["phase"],
        lines=lines,
        reason=story.get("reason", "Det er plass til det, og noen som eier det."),
        key=key_of("initiatives", story["id"]),
        is_synthetic=True,
    )


def _lived(initiative: Initiative, story: Story) -> None:
    """What happened since, day by day; what was told in reports comes before a step of the same day."""
    happened = [(each["after"], 0, each) for each in story.get("reports", ())]
    happened += [(each["after"], 1, each) for each in story.get("steps", ())]
    happened += [(after, 2, {"entry": text}) for after, text in story.get("entries", ())]
    for after, rank, each in sorted(happened, key=lambda one: one[:2]):
        with clock.moved_to(moment(story["begun_days_ago"] - after)):
            initiative.refresh_from_db()
            if rank == 1:
                _take(initiative, each, story=story)
            else:
                reported(initiative, each, story=story)
    done(initiative, story)


def _take(initiative: Initiative, step: Mapping[str, Any], *, story: Story) -> None:
    owner, reason = person(story["owner"][0]), step.get("reason", "")
    if step["step"] == "pass_gate":
        method = phase_now(initiative).method
        for key, text in step.get("texts", {}).items():
            hand_in = method.hand_in(key)
            assert hand_in is not None  # noqa: S101 -- written for the method
            sent = key_of("hand-ins", f"{story['id']}/{key}")
            attach(initiative, title=hand_in.name, text=text, hand_in=key, key=sent, actor=owner)
        gates.pass_gate(initiative, actor=person(step["by"]) if "by" in step else owner, reason=reason)
    elif step["step"] == "pause":
        until = clock.today() + timedelta(days=step["until_days"])
        planning.pause(initiative, until=until, reason=reason, actor=owner)
    elif step["step"] == "put_in_operation":
        role, place = step["runs"]
        unit = _unit(initiative.municipality, place)
        ends.put_in_operation(
            initiative, runs_role=role, runs_unit=unit, since=clock.today(), actor=owner, reason=reason
        )
    else:
        ends.finish_learned(initiative, tried=step["tried"], learned=step["learned"], actor=owner)


def _idea(name: str) -> Idea:
    idea: Idea = Idea.objects.get(submission_key=key_of("ideas", name))
    return idea


def _unit(municipality: Municipality, slug: str) -> Unit:
    return unit_by_slug(municipality.pk, slug)
