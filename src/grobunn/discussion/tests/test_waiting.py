"""Comments that wait: written by those whom the feature holds back, shown when a moderator has let them through."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.discussion import registry
from grobunn.discussion.events import CommentAdded, CommentHeld
from grobunn.discussion.models import Comment
from grobunn.discussion.panel import panel_of
from grobunn.discussion.queries import comment_counts, waiting_comments
from grobunn.discussion.services import comments
from grobunn.discussion.services.comments import words_digest
from grobunn.discussion.services.errors import Refused
from grobunn.discussion.tests.conftest import KIND, Place
from grobunn.kernel import events, ids
from grobunn.kernel.models import AuditEntry
from grobunn.kernel.testing import run_jobs
from grobunn.organisations.models import Role
from grobunn.organisations.queries import is_member


@pytest.fixture
def held(place: Place) -> Place:
    """The place, where everybody signed in may comment and the words of outsiders wait."""
    registry.unregister(KIND)
    attachable = replace(
        place.attachable,
        comment_permission="discussion.take_part",
        holds_back=lambda actor, unit: not is_member(actor, unit.municipality_id),
    )
    place.attachable = registry.register(attachable)
    return place


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the events that a listener of these tests gets."""
    names: list[str] = []
    for event_type in (CommentAdded, CommentHeld):
        known = events._handlers.setdefault(event_type.name, {})
        monkeypatch.setitem(known, "tests.heard", lambda event: names.append(event.name))
    return names


def _write(place: Place, author: User, text: str = "Hilsen fra naboen.") -> Comment:
    return comments.add_comment(place.unit, attachable=place.attachable, text=text, actor=author)


def _seen_by(place: Place, actor: Any) -> list[str]:
    return [shown.comment.text for shown in panel_of(KIND, place.unit, actor=actor).comments]


def _post(client: Client, place: Place, comment: Comment, *, seen: str) -> Any:
    kwargs = {
        "municipality": place.unit.municipality.slug,
        "kind": KIND,
        "subject_id": place.unit.pk,
        "comment_id": comment.pk,
    }
    return client.post(reverse("discussion:let_through", kwargs=kwargs), {"seen": seen})


def test_comment_from_outside_is_seen_by_its_writer_and_moderators_alone(held: Place) -> None:
    outsider, member, adviser = UserFactory(), held.person(), held.person(Role.INNOVATION_ADVISER)
    comment = _write(held, outsider)

    assert comment.is_waiting
    assert _seen_by(held, outsider) == [comment.text]
    assert _seen_by(held, adviser) == [comment.text]
    assert _seen_by(held, member) == []
    assert _seen_by(held, UserFactory()) == []
    assert comment_counts(KIND, [held.unit.pk]) == {}
    assert list(waiting_comments(KIND)) == [comment]


def test_comment_of_a_member_does_not_wait(held: Place, heard: list[str]) -> None:
    comment = _write(held, held.person())
    run_jobs()

    assert not comment.is_waiting
    assert heard == ["discussion.comment_added"]


def test_comment_from_outside_is_news_to_moderators_first_and_to_others_when_let_through(
    held: Place, heard: list[str]
) -> None:
    comment = _write(held, UserFactory())
    run_jobs()
    comments.let_through(comment, actor=held.person(Role.INNOVATION_ADVISER), seen=words_digest(comment))
    run_jobs()

    assert heard == ["discussion.comment_held", "discussion.comment_added"]
    assert AuditEntry.objects.filter(action="discussion.let_through").count() == 1


def test_let_through_by_a_moderator_shows_it_to_everybody(held: Place, client: Client) -> None:
    comment = _write(held, UserFactory())
    client.force_login(held.person(Role.INNOVATION_ADVISER))

    answer = _post(client, held, comment, seen=words_digest(comment))

    assert answer.status_code == 302
    assert _seen_by(held, UserFactory()) == [comment.text]
    assert list(waiting_comments(KIND)) == []


@pytest.mark.parametrize("who", ["writer", "member", "outsider"])
def test_let_through_by_anybody_else_is_refused_and_changes_nothing(held: Place, client: Client, who: str) -> None:
    writer = UserFactory()
    comment = _write(held, writer)
    client.force_login({"writer": writer, "member": held.person(), "outsider": UserFactory()}[who])

    answer = _post(client, held, comment, seen=words_digest(comment))

    assert answer.status_code == 403
    assert Comment.objects.get(pk=comment.pk).is_waiting


def test_let_through_of_words_that_changed_since_they_were_read_is_refused(held: Place) -> None:
    writer, adviser = UserFactory(), held.person(Role.INNOVATION_ADVISER)
    comment = _write(held, writer, "Fin benk.")
    seen = words_digest(comment)
    comments.edit_comment(comment, text="Kjøp sko her.", actor=writer, must_wait=True)

    with pytest.raises(Refused):
        comments.let_through(comment, actor=adviser, seen=seen)

    assert Comment.objects.get(pk=comment.pk).is_waiting


def test_edit_after_it_was_let_through_waits_anew(held: Place, client: Client, heard: list[str]) -> None:
    writer = UserFactory()
    comment = _write(held, writer)
    comments.let_through(comment, actor=held.person(Role.INNOVATION_ADVISER), seen=words_digest(comment))
    client.force_login(writer)
    kwargs = {
        "municipality": held.unit.municipality.slug,
        "kind": KIND,
        "subject_id": held.unit.pk,
        "comment_id": comment.pk,
    }

    client.post(reverse("discussion:edit", kwargs=kwargs), {"text": "Noe annet."})
    run_jobs()

    assert Comment.objects.get(pk=comment.pk).is_waiting
    assert heard == ["discussion.comment_held", "discussion.comment_added", "discussion.comment_held"]


def test_removed_comment_waits_no_longer(held: Place) -> None:
    comment = _write(held, UserFactory())

    comments.remove_comment(comment, actor=held.person(Role.INNOVATION_ADVISER), is_moderator=True, reason="Reklame.")

    assert list(waiting_comments(KIND)) == []


def test_writer_is_told_that_it_waits(held: Place, client: Client) -> None:
    client.force_login(UserFactory(language="nb"))
    kwargs = {"municipality": held.unit.municipality.slug, "kind": KIND, "subject_id": held.unit.pk}

    client.post(reverse("discussion:add", kwargs=kwargs), {"text": "Hei.", "comment_id": str(ids.new_id())})
    page = client.get(reverse("discussion:all", kwargs=kwargs)).content.decode()

    assert "Takk. Kommentaren din vises når noen i kommunen har lest den." in page
    assert "Venter på at kommunen leser den" in page
