"""Somebody who comments without end is asked to wait, and loses nothing."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from grobunn.discussion import pace
from grobunn.discussion.models import Comment
from grobunn.discussion.tests.conftest import KIND, Place
from grobunn.kernel import clock, ids
from grobunn.kernel.limits import Rate


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "COMMENTS", Rate(count=2, seconds=300))


def send(client: Client, place: Place, text: str) -> Any:
    kwargs = {"municipality": place.unit.municipality.slug, "kind": KIND, "subject_id": place.unit.pk}
    return client.post(reverse("discussion:add", kwargs=kwargs), {"text": text, "comment_id": str(ids.new_id())})


def test_third_comment_is_refused_with_the_wait_and_stands_in_the_form(place: Place, client: Client) -> None:
    client.force_login(place.person())

    with clock.moved_to(clock.now()):
        answers = [send(client, place, f"Kommentar {number}") for number in (1, 2, 3)]

    page = answers[2].content.decode()
    assert [answer.status_code for answer in answers] == [302, 302, 422]
    assert "Send den om 5 minutter." in page
    assert "Kommentar 3</textarea>" in page
    assert list(Comment.objects.order_by("pk").values_list("text", flat=True)) == ["Kommentar 1", "Kommentar 2"]


def test_after_the_wait_it_is_taken(place: Place, client: Client) -> None:
    client.force_login(place.person())
    for number in (1, 2, 3):
        send(client, place, f"Kommentar {number}")

    with clock.moved_by(seconds=301):
        answer = send(client, place, "Kommentar 3")

    assert (answer.status_code, Comment.objects.count()) == (302, 3)


def test_others_are_not_held_up(place: Place, client: Client) -> None:
    client.force_login(place.person())
    for number in (1, 2, 3):
        send(client, place, f"Kommentar {number}")
    client.force_login(place.person())

    assert send(client, place, "En annens ord").status_code == 302


def test_empty_comment_is_not_counted(place: Place, client: Client) -> None:
    client.force_login(place.person())
    for _ in range(3):
        send(client, place, " ")

    assert send(client, place, "Det jeg ville si").status_code == 302
