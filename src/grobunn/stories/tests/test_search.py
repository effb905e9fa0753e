"""Search finds stories that are out, by what they say, and nothing else."""

import pytest

from grobunn.kernel.testing import run_jobs
from grobunn.search.queries import search
from grobunn.stories.findable import SOURCE
from grobunn.stories.services.steps import withdraw
from grobunn.stories.services.undo import undo
from grobunn.stories.states import StoryState
from grobunn.stories.tests.conftest import Town
from grobunn.stories.tests.factories import make_story


def _found(town: Town, words: str) -> list[str]:
    run_jobs()
    return [hit.title for hit in search(words, user=town.outsider, is_only_exact=True).hits if hit.ref.kind == "story"]


def test_story_is_found_by_title_lead_text_and_tag(town: Town) -> None:
    make_story(town, StoryState.PUBLISHED, title="Kvernstein", lead="Rullebrett.", text="**Trillebår**", tags="sagmugg")

    for word in ("kvernstein", "rullebrett", "trillebår", "sagmugg"):
        assert _found(town, word) == ["Kvernstein"], word


@pytest.mark.parametrize("state", [StoryState.DRAFT, StoryState.SCHEDULED, StoryState.WITHDRAWN])
def test_story_that_is_not_out_is_not_found_even_by_its_editor(town: Town, state: str) -> None:
    story = make_story(town, state, title="Kvernstein")
    run_jobs()

    assert search("kvernstein", user=town.editor, is_only_exact=True).hits == ()
    assert SOURCE.document_of(story.pk) is None
    assert SOURCE.visible(town.editor, [story.pk]) == set()
    assert list(SOURCE.ids_after(None, 10)) == []


def test_story_taken_down_is_gone_from_search_and_back_when_that_is_undone(town: Town) -> None:
    story = make_story(town, StoryState.PUBLISHED, title="Kvernstein")
    before = _found(town, "kvernstein")
    change = withdraw(story, actor=town.editor, reason="Feil.")
    gone = _found(town, "kvernstein")

    undo(story, change=change, actor=town.editor)

    assert (before, gone, _found(town, "kvernstein")) == (["Kvernstein"], [], ["Kvernstein"])


def test_story_names_itself_to_search(town: Town) -> None:
    story = make_story(town, StoryState.PUBLISHED)

    document = SOURCE.document_of(story.pk)

    assert document is not None
    assert (document.kind, document.url) == ("story", f"/storvik/historier/{story.slug}/")
    assert SOURCE.state_label(story.state) == "Publisert"
