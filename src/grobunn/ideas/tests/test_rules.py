"""Who may: every permission against every kind of person, in the states that matter."""

import pytest
from django.contrib.auth.models import AnonymousUser

from grobunn.accounts.tests.factories import UserFactory
from grobunn.ideas.models import Idea, Visibility
from grobunn.ideas.queries.ideas import ideas_for
from grobunn.ideas.rules import PERMISSIONS
from grobunn.ideas.services import answer
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel.actors import SYSTEM, Actor, ReceiptHolder
from grobunn.kernel.permissions import is_allowed

PEOPLE = ("anonymous", "receipt", "system", "writer", "nurse", "leader", "director", "adviser", "outsider")


def _person(name: str, town: Town, idea: Idea) -> Actor:
    if name == "anonymous":
        return AnonymousUser()
    if name == "receipt":
        return ReceiptHolder(idea.receipt)
    if name == "system":
        return SYSTEM
    if name == "writer":
        assert idea.writer is not None
        return idea.writer
    return getattr(town, name)  # type: ignore[no-any-return]


def _allowed(permission: str, town: Town, idea: Idea) -> set[str]:
    return {name for name in PEOPLE if is_allowed(permission, _person(name, town, idea), idea)}


STAFF = {"nurse", "leader", "director", "adviser"}
TABLE = {
    "ideas.submit": set(PEOPLE),
    "ideas.view": {"receipt", "writer"} | STAFF,
    "ideas.handle": {"leader", "adviser"},
    "ideas.tell_apart": {"receipt", "writer", "leader", "adviser"},
    "ideas.wake": {"system", "leader", "adviser"},
    "ideas.reopen": {"adviser"},
    "ideas.reply": {"receipt", "writer"},
    "ideas.edit": {"receipt", "writer"},
    "ideas.withdraw": {"receipt", "writer"},
    "ideas.join": STAFF,
    "ideas.comment": STAFF,
    "ideas.say_helped": STAFF,
    "ideas.see_queue": {"leader", "director", "adviser"},
    "ideas.set_up": {"adviser"},
    "ideas.export": {"adviser"},
}


def test_table_names_every_permission() -> None:
    assert set(TABLE) == set(PERMISSIONS)


@pytest.mark.parametrize("permission", sorted(TABLE))
def test_permission_on_a_received_idea(town: Town, permission: str) -> None:
    idea = make_idea(town.municipality, unit=town.ward, writer=UserFactory())

    assert _allowed(permission, town, idea) == TABLE[permission]


@pytest.mark.parametrize(
    ("visibility", "is_taken_up", "seen_by"),
    [
        (Visibility.INTERNAL, False, {"receipt", "writer", "leader", "adviser"}),
        (Visibility.MUNICIPALITY, False, {"receipt", "writer"} | STAFF),
        (Visibility.MUNICIPALITY, True, {"receipt", "writer"} | STAFF),
        (Visibility.PUBLIC, False, {"receipt", "writer"} | STAFF),
        (Visibility.PUBLIC, True, set(PEOPLE)),
    ],
)
def test_view_follows_visibility_in_rule_and_in_query_alike(
    town: Town, visibility: str, is_taken_up: bool, seen_by: set[str]
) -> None:
    idea = make_idea(town.municipality, unit=town.ward, writer=UserFactory(), visibility=visibility)
    if is_taken_up:
        answer.take_up(idea, actor=town.leader)

    assert _allowed("ideas.view", town, idea) == seen_by
    by_query = {name for name in PEOPLE if ideas_for(_person(name, town, idea)).filter(pk=idea.pk).exists()}
    assert by_query == seen_by - {"receipt"} or by_query == seen_by


def test_edit_ends_when_the_idea_is_taken_up(town: Town) -> None:
    idea = make_idea(town.municipality, unit=town.ward, writer=UserFactory())
    answer.take_up(idea, actor=town.leader)

    assert _allowed("ideas.edit", town, idea) == set()


def test_withdraw_ends_with_the_answer(town: Town) -> None:
    idea = make_idea(town.municipality, unit=town.ward, writer=UserFactory())
    answer.decline(idea, actor=town.leader, reason="Nei, fordi.")

    assert _allowed("ideas.withdraw", town, idea) == set()
