"""The machine of stories: every edge, every non-edge, undo, two at once, and the minute that comes."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from grobunn.kernel import clock
from grobunn.kernel.actors import SYSTEM
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import NotPossibleNow, SomebodyWasFirst, perform
from grobunn.stories.guards import MomentHasPassed, NotHandedIn, NotWhole, NotYet
from grobunn.stories.models import Story
from grobunn.stories.services.steps import STEPS, hand_in, move_story, publish, publish_due, schedule, withdraw
from grobunn.stories.services.undo import undo
from grobunn.stories.services.write import StoryWords, edit_story
from grobunn.stories.states import MACHINE, MESSAGES, StoryState
from grobunn.stories.tests.conftest import Town
from grobunn.stories.tests.factories import WORDS, make_story

EDGES = [(edge.name, source) for edge in MACHINE.edges for source in sorted(edge.sources) if edge.name in STEPS]
NON_EDGES = [
    (edge.name, state)
    for edge in MACHINE.edges
    for state in StoryState.values
    if state not in edge.sources and edge.name in STEPS
]


def _arguments(name: str) -> dict[str, Any]:
    return {
        "schedule": {"publish_at": clock.now() + timedelta(hours=3)},
        "send_back": {"reason": "Skriv hva som var vanskelig."},
        "withdraw": {"reason": "Feil tall."},
    }.get(name, {})


def _ready(town: Town, name: str, state: str) -> Story:
    story = make_story(town, state)
    if name == "send_back" and state == StoryState.DRAFT:
        hand_in(story, actor=town.author)
    return story


@pytest.mark.parametrize(("name", "source"), EDGES)
def test_every_edge_leads_where_the_table_says(town: Town, name: str, source: str) -> None:
    story = _ready(town, name, source)
    version = story.version
    actor = town.author if name == "hand_in" else town.editor

    change = move_story(story, name, actor=actor, **_arguments(name))

    story.refresh_from_db()
    assert story.state == (MACHINE.by_name[name].target or source)
    assert story.version == version + 1
    assert (change.from_state, change.to_state, change.edge) == (source, story.state, name)


@pytest.mark.parametrize(("name", "source"), NON_EDGES)
def test_every_non_edge_is_refused_and_changes_nothing(town: Town, name: str, source: str) -> None:
    story = make_story(town, source)
    steps = StateChange.objects.count()

    with pytest.raises(NotPossibleNow):
        move_story(story, name, actor=town.editor, **_arguments(name))

    story.refresh_from_db()
    assert story.state == source
    assert StateChange.objects.count() == steps


def test_go_out_is_the_systems_own_and_only_from_scheduled_when_its_time_has_come(town: Town) -> None:
    for state in StoryState.values:
        story = make_story(town, state, title=f"Fra {state}")
        if state != StoryState.SCHEDULED:
            with pytest.raises(NotPossibleNow):
                perform(MACHINE, story, "go_out", actor=SYSTEM, messages=MESSAGES)
            continue
        with pytest.raises(PermissionDenied):
            perform(MACHINE, story, "go_out", actor=town.editor, messages=MESSAGES)
        with pytest.raises(NotYet):
            perform(MACHINE, story, "go_out", actor=SYSTEM, messages=MESSAGES)


def test_story_without_lead_or_text_does_not_go_out(town: Town) -> None:
    for words in ({"lead": ""}, {"text": "  "}):
        story = make_story(town, **words)
        for name in ("publish", "schedule", "hand_in"):
            with pytest.raises(NotWhole):
                move_story(story, name, actor=town.author if name == "hand_in" else town.editor, **_arguments(name))
        assert Story.objects.get(pk=story.pk).state == StoryState.DRAFT


def test_schedule_for_a_moment_that_has_passed_is_refused(town: Town) -> None:
    story = make_story(town)

    with pytest.raises(MomentHasPassed):
        schedule(story, publish_at=clock.now() - timedelta(minutes=1), actor=town.editor)


def test_send_back_what_nobody_handed_in_is_refused(town: Town) -> None:
    story = make_story(town)

    with pytest.raises(NotHandedIn):
        move_story(story, "send_back", actor=town.editor, reason="Mer.")


def test_publish_by_two_editors_at_once_one_wins_and_the_other_is_told(town: Town) -> None:
    story = make_story(town)
    same = Story.objects.get(pk=story.pk)

    publish(story, actor=town.editor)
    with pytest.raises(SomebodyWasFirst):
        publish(same, actor=town.chief)

    assert StateChange.objects.filter(subject_id=story.pk, edge="publish").count() == 1


def test_publish_after_an_edit_meanwhile_is_refused_by_version(town: Town) -> None:
    story = make_story(town)
    seen = story.version
    edit_story(story, words=StoryWords(**{**WORDS, "title": "En annen"}), actor=town.author)

    with pytest.raises(SomebodyWasFirst):
        move_story(story, "publish", actor=town.editor, version=seen)

    assert Story.objects.get(pk=story.pk).state == StoryState.DRAFT


def test_publish_due_goes_out_in_its_minute_once_and_not_before(town: Town) -> None:
    story = make_story(town)
    at = clock.now().replace(second=0, microsecond=0) + timedelta(hours=2)
    schedule(story, publish_at=at, actor=town.editor)

    with clock.moved_to(at - timedelta(seconds=1)):
        before = publish_due()
    with clock.moved_to(at):
        then = [publish_due(), publish_due()]

    story.refresh_from_db()
    assert (before, then) == (0, [1, 0])
    assert (story.state, story.published_at) == (StoryState.PUBLISHED, at)
    assert StateChange.objects.filter(subject_id=story.pk, edge="go_out").count() == 1


def test_publish_due_leaves_what_was_made_a_draft_again(town: Town) -> None:
    story = make_story(town, StoryState.SCHEDULED)
    move_story(story, "unschedule", actor=town.editor)

    with clock.moved_by(days=2):
        assert publish_due() == 0

    story.refresh_from_db()
    assert (story.state, story.publish_at) == (StoryState.DRAFT, None)


def test_undo_of_publish_gives_back_the_draft_and_its_missing_address(town: Town) -> None:
    story = make_story(town)
    change = publish(story, actor=town.editor)

    undo(story, change=change, actor=town.editor)

    kept = Story.objects.get(pk=story.pk)
    assert (kept.state, kept.slug, kept.published_at) == (StoryState.DRAFT, "", None)


@pytest.mark.parametrize("who", ["chief", "author"])
def test_undo_is_for_whoever_took_the_step(town: Town, who: str) -> None:
    story = make_story(town)
    change = publish(story, actor=town.editor)

    with pytest.raises(PermissionDenied):
        undo(story, change=change, actor=getattr(town, who))

    assert Story.objects.get(pk=story.pk).state == StoryState.PUBLISHED


def test_undo_after_ten_minutes_is_too_late(town: Town) -> None:
    story = make_story(town)
    change = publish(story, actor=town.editor)

    with clock.moved_by(minutes=10), pytest.raises(NotPossibleNow):
        undo(story, change=change, actor=town.editor)


def test_story_that_comes_again_keeps_its_address_and_its_first_day(town: Town) -> None:
    story = make_story(town, StoryState.PUBLISHED)
    first: tuple[str, datetime | None] = (story.slug, story.published_at)
    withdraw(story, actor=town.author, reason="Må rettes.")
    edit_story(story, words=StoryWords(**{**WORDS, "title": "Ny tittel"}), actor=town.editor)

    with clock.moved_by(days=3):
        publish(story, actor=town.editor)

    assert (story.slug, story.published_at) == first


def test_two_stories_of_one_title_have_each_their_address(town: Town) -> None:
    slugs = [make_story(town, StoryState.PUBLISHED).slug for _ in range(3)]

    assert slugs == ["benken-som-ble-brukt", "benken-som-ble-brukt-2", "benken-som-ble-brukt-3"]
