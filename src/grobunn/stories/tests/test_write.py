"""Beginning, changing and throwing away: what is kept, what is refused, and that nothing is lost or overwritten."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from grobunn.kernel import clock, ids
from grobunn.kernel.models import AuditEntry, StateChange
from grobunn.kernel.statemachine import SomebodyWasFirst
from grobunn.stories.guards import NotWhole
from grobunn.stories.models import Author, Picture, Story
from grobunn.stories.services.steps import publish
from grobunn.stories.services.write import StoryWords, begin_story, edit_story, throw_away
from grobunn.stories.slugs import slug_of, tags_of
from grobunn.stories.states import StoryState
from grobunn.stories.tests.conftest import Town
from grobunn.stories.tests.factories import WORDS, make_picture, make_story

NUMBER = "018180 10083"


def _words(**changed: Any) -> StoryWords:
    return StoryWords(**{**WORDS, **changed})


def test_begin_keeps_a_draft_with_its_author_and_its_tags(town: Town) -> None:
    story = begin_story(town.municipality, words=_words(title="  To   ord "), actor=town.colleague)

    assert (story.title, story.state, story.slug) == ("To ord", StoryState.DRAFT, "")
    assert story.tag_links == [("uterom", "uterom"), ("benk", "benk")]
    assert list(Author.objects.values_list("user_id", "consented_at")) == [(town.colleague.pk, None)]
    assert [change.edge for change in StateChange.objects.filter(subject_id=story.pk)] == ["create"]


def test_begin_sent_twice_with_one_key_is_one_story(town: Town) -> None:
    key = ids.new_id()

    stories = [begin_story(town.municipality, words=_words(), actor=town.author, key=key) for _ in range(2)]

    assert stories[0].pk == stories[1].pk
    assert Story.objects.count() == 1


@pytest.mark.parametrize("who", ["neighbour", "outsider"])
def test_begin_from_outside_the_municipality_is_refused(town: Town, who: str) -> None:
    with pytest.raises(PermissionDenied):
        begin_story(town.municipality, words=_words(), actor=getattr(town, who))

    assert Story.objects.count() == 0


@pytest.mark.parametrize("field", ["title", "lead", "text", "source"])
def test_begin_with_a_national_identity_number_is_refused_and_keeps_nothing(town: Town, field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        begin_story(town.municipality, words=_words(**{field: f"Nr. {NUMBER}"}), actor=town.author)

    assert list(refusal.value.message_dict) == [field]
    assert Story.objects.count() == 0


@pytest.mark.parametrize("tags", [", ".join(f"emne{n}" for n in range(9)), "x" * 41])
def test_begin_with_too_many_or_too_long_tags_is_refused(town: Town, tags: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        begin_story(town.municipality, words=_words(tags=tags), actor=town.author)

    assert list(refusal.value.message_dict) == ["tags"]


def test_edit_of_a_draft_changes_the_words_and_says_no_day_of_change(town: Town) -> None:
    story = make_story(town)

    edit_story(story, words=_words(text="Nytt."), actor=town.author)

    assert (story.text, story.version, story.edited_at) == ("Nytt.", 2, None)
    assert AuditEntry.objects.filter(action="stories.edit").count() == 1


def test_edit_of_what_is_out_says_when_it_was_changed(town: Town) -> None:
    story = make_story(town, StoryState.PUBLISHED)

    with clock.moved_by(days=1):
        edit_story(story, words=_words(text="Rettet."), actor=town.editor)
        assert story.edited_at == clock.now()


def test_edit_that_changes_nothing_says_no_day_of_change(town: Town) -> None:
    story = make_story(town, StoryState.PUBLISHED)

    edit_story(story, words=_words(), actor=town.editor)

    assert story.edited_at is None


@pytest.mark.parametrize("state", [StoryState.SCHEDULED, StoryState.PUBLISHED, StoryState.WITHDRAWN])
def test_edit_of_what_an_editor_has_let_go_is_the_editors(town: Town, state: str) -> None:
    story = make_story(town, state)

    with pytest.raises(PermissionDenied):
        edit_story(story, words=_words(text="Lurt inn."), actor=town.author)
    with pytest.raises(NotWhole):
        edit_story(story, words=_words(text=""), actor=town.editor)

    assert Story.objects.get(pk=story.pk).text == WORDS["text"]


def test_edit_by_two_at_once_does_not_overwrite_the_first(town: Town) -> None:
    story = make_story(town)
    same = Story.objects.get(pk=story.pk)
    edit_story(story, words=_words(text="Den første."), actor=town.author)

    with pytest.raises(SomebodyWasFirst):
        edit_story(same, words=_words(text="Den andre."), actor=town.editor)
    with pytest.raises(SomebodyWasFirst):
        edit_story(Story.objects.get(pk=story.pk), words=_words(text="Den tredje."), actor=town.editor, version=1)

    assert Story.objects.get(pk=story.pk).text == "Den første."


def test_throw_away_removes_the_draft_with_its_files(town: Town, django_capture_on_commit_callbacks: Any) -> None:
    story = make_story(town)
    picture = make_picture(town, story)
    storage, names = picture.file.storage, [picture.file.name, picture.small_file.name]

    with django_capture_on_commit_callbacks(execute=True):
        throw_away(story, actor=town.author)

    assert (Story.objects.count(), Author.objects.count(), Picture.objects.count()) == (0, 0, 0)
    assert [storage.exists(name) for name in names] == [False, False]


def test_throw_away_of_what_was_published_meanwhile_is_refused(town: Town) -> None:
    story = make_story(town)
    publish(Story.objects.get(pk=story.pk), actor=town.editor)

    with pytest.raises(SomebodyWasFirst):
        throw_away(story, actor=town.author)

    assert Story.objects.get(pk=story.pk).is_published


@pytest.mark.parametrize(
    ("title", "taken", "slug"),
    [
        ("Ærlig talt: æ, ø og å", set(), "aerlig-talt-ae-o-og-a"),
        ("Čáhci", set(), "cahci"),
        ("!!!", set(), "historie"),
        ("Skriv", set(), "skriv-2"),
        ("Emne", {"emne-2"}, "emne-3"),
        ("ord " * 40, set(), "-".join(["ord"] * 16)),
    ],
)
def test_slug_is_made_from_the_title_and_never_one_of_ours(title: str, taken: set[str], slug: str) -> None:
    assert slug_of(title, taken=taken) == slug


def test_slugs_that_our_own_pages_use_are_reserved() -> None:
    from grobunn.stories.slugs import RESERVED
    from grobunn.stories.urls import story_patterns

    first_words = {str(pattern.pattern).split("/")[0] for pattern in story_patterns}
    ours = {word for word in first_words if word and "<" not in word and "." not in word}

    assert ours <= RESERVED


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("Skole, SKOLE,  skole ", ["skole"]),
        ("#velferd, , !!, Digital  hverdag", ["velferd", "digital hverdag"]),
        ("", []),
    ],
)
def test_tags_are_tidied(written: str, tags: list[str]) -> None:
    assert tags_of(written) == tags
