"""Who may: every permission against every kind of person, in every state."""

import pytest
from django.contrib.auth.models import AnonymousUser

from grobunn.kernel.actors import SYSTEM, Actor
from grobunn.kernel.permissions import is_allowed
from grobunn.stories.queries.stories import stories_for
from grobunn.stories.rules import PERMISSIONS
from grobunn.stories.states import StoryState
from grobunn.stories.tests.conftest import Town
from grobunn.stories.tests.factories import make_story

PEOPLE = ("anonymous", "system", "author", "colleague", "editor", "chief", "neighbour", "outsider")
EDITORS = {"editor", "chief"}
MEMBERS = {"author", "colleague"} | EDITORS
SIGNED_IN = MEMBERS | {"neighbour", "outsider"}
OWN = {"author"} | EDITORS

D, S, P, W = StoryState.DRAFT, StoryState.SCHEDULED, StoryState.PUBLISHED, StoryState.WITHDRAWN
TABLE: dict[str, dict[str, set[str]]] = {
    "stories.view": {D: OWN, S: OWN, P: set(PEOPLE), W: OWN},
    "stories.write": {D: MEMBERS, S: MEMBERS, P: MEMBERS, W: MEMBERS},
    "stories.edit": {D: OWN, S: EDITORS, P: EDITORS, W: EDITORS},
    "stories.hand_in": {D: {"author"}, S: set(), P: set(), W: set()},
    "stories.publish": {D: EDITORS, S: EDITORS, P: EDITORS, W: EDITORS},
    "stories.go_out": {D: {"system"}, S: {"system"}, P: {"system"}, W: {"system"}},
    "stories.withdraw": {D: OWN, S: OWN, P: OWN, W: OWN},
    "stories.throw_away": {D: OWN, S: set(), P: set(), W: set()},
    "stories.consent": {D: {"author"}, S: {"author"}, P: {"author"}, W: {"author"}},
    "stories.comment": {D: set(), S: set(), P: SIGNED_IN, W: set()},
    "stories.moderate": {D: EDITORS, S: EDITORS, P: EDITORS, W: EDITORS},
}


def _person(name: str, town: Town) -> Actor:
    if name == "anonymous":
        return AnonymousUser()
    return SYSTEM if name == "system" else getattr(town, name)  # type: ignore[no-any-return]


def test_table_names_every_permission() -> None:
    assert set(TABLE) == set(PERMISSIONS)


@pytest.mark.parametrize("state", StoryState.values)
@pytest.mark.parametrize("permission", sorted(TABLE))
def test_permission_by_person_and_state(town: Town, permission: str, state: str) -> None:
    story = make_story(town, state)

    allowed = {name for name in PEOPLE if is_allowed(permission, _person(name, town), story)}

    assert allowed == TABLE[permission][state]


@pytest.mark.parametrize("state", StoryState.values)
def test_view_is_the_same_in_rule_and_in_query(town: Town, state: str) -> None:
    story = make_story(town, state)

    by_query = {name for name in PEOPLE if stories_for(_person(name, town)).filter(pk=story.pk).exists()}

    assert by_query == TABLE["stories.view"][state]


def test_author_who_left_the_municipality_reads_but_does_not_change(town: Town) -> None:
    story = make_story(town)
    author = town.outsider
    story.__dict__["author_ids"] = frozenset({author.pk})

    assert is_allowed("stories.view", author, story)
    assert is_allowed("stories.consent", author, story)
    assert not is_allowed("stories.edit", author, story)
    assert not is_allowed("stories.withdraw", author, story)
