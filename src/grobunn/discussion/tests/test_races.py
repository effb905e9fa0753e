"""Two at once: a button pressed twice, one person in two tabs, two people removing one comment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django_scopes import scope

from grobunn.discussion.models import Applause, Comment, Follow
from grobunn.discussion.services import applause, comments, follow
from grobunn.discussion.tests.conftest import Place
from grobunn.kernel import ids
from grobunn.kernel.models import AuditEntry
from grobunn.organisations.models import Role

pytestmark = pytest.mark.django_db(transaction=True)
_AT_ONCE = 4


def at_once(place: Place, act: Callable[[], Any]) -> list[Any]:
    """What an act gives when several threads do it at the same moment."""
    barrier = Barrier(_AT_ONCE)

    def run(_number: int) -> Any:
        try:
            with scope(municipality=place.unit.municipality_id):
                barrier.wait()
                return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(run, range(_AT_ONCE)))


def test_comment_sent_at_once_is_one_comment(place: Place) -> None:
    author, comment_id = place.person(), ids.new_id()

    written = at_once(
        place,
        lambda: comments.add_comment(
            place.unit, attachable=place.attachable, text="Bra!", actor=author, comment_id=comment_id
        ),
    )

    assert {comment.pk for comment in written} == {comment_id}
    assert Comment.objects.count() == 1


def test_applause_pressed_at_once_is_one_applause(place: Place) -> None:
    person = place.person()

    at_once(place, lambda: applause.applaud(place.unit, attachable=place.attachable, actor=person))

    assert Applause.objects.count() == 1


def test_follow_pressed_at_once_is_one_follow(place: Place) -> None:
    person = place.person()

    at_once(place, lambda: follow.follow(place.unit, attachable=place.attachable, actor=person))

    assert Follow.objects.count() == 1


def test_comment_removed_at_once_is_removed_once(place: Place) -> None:
    author, adviser = place.person(), place.person(Role.INNOVATION_ADVISER)
    comment = comments.add_comment(place.unit, attachable=place.attachable, text="Bra!", actor=author)

    at_once(
        place,
        lambda: comments.remove_comment(
            Comment.objects.get(pk=comment.pk), actor=adviser, is_moderator=True, reason="Navngir en bruker."
        ),
    )

    assert AuditEntry.objects.filter(action="discussion.remove_comment").count() == 1
