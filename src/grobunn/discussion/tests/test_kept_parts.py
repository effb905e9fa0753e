"""The form and the buttons are rendered once for what they show; what is each reader's own is filled in."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from grobunn.discussion.models import Applause, Comment, Follow
from grobunn.discussion.services import applause, follow
from grobunn.discussion.tests.conftest import KIND, Place
from grobunn.organisations.models import Role


def _page(place: Place, reader: Any) -> str:
    client = Client()
    client.force_login(reader)
    return _of(place, client)


def _of(place: Place, client: Client) -> str:
    return client.get(_address(place, "all")).content.decode()


def _address(place: Place, name: str) -> str:
    kwargs = {"municipality": place.unit.municipality.slug, "kind": KIND, "subject_id": place.unit.pk}
    return reverse(f"discussion:{name}", kwargs=kwargs)


def _value(page: str, name: str) -> str:
    return re.findall(rf'name="{name}"[^>]*value="([^"]*)"', page)[-1]


def test_form_is_each_readers_own(place: Place) -> None:
    leader, nurse = place.person(Role.UNIT_LEADER), place.person()

    pages = [_page(place, reader) for reader in (leader, nurse, leader, nurse)]

    with translation.override("nb"):
        labels = [f"({role.label})" for role in (Role.UNIT_LEADER, Role.EMPLOYEE)]
    assert [[label in page for label in labels] for page in pages] == [[True, False], [False, True]] * 2
    assert len({_value(page, "comment_id") for page in pages}) == 4
    assert all("hole-" not in page for page in pages)


def test_form_sends_the_comment_that_its_own_page_made(place: Place) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(place.person())
    page = _of(place, client)
    sent = {name: _value(page, name) for name in ("csrfmiddlewaretoken", "comment_id")}

    answer = client.post(_address(place, "add"), {"text": "Bra tenkt!", **sent})

    assert answer.status_code == 302
    assert [str(comment.pk) for comment in Comment.objects.all()] == [sent["comment_id"]]
    assert re.search(r'data-draft="comment:[^:"]+:"', page)
    assert f'data-draft="comment:{place.unit.pk}:{sent["comment_id"]}"' in _of(place, client)


def test_form_that_was_refused_stands_with_what_was_typed(place: Place, client: Client) -> None:
    client.force_login(place.person())
    page = _of(place, client)

    answer = client.post(_address(place, "add"), {"text": " ", "comment_id": _value(page, "comment_id")})

    refused = answer.content.decode()
    assert answer.status_code == 422
    assert _value(refused, "comment_id") == _value(page, "comment_id")
    assert 'aria-invalid="true"' in refused


@pytest.mark.parametrize("name", ["applaud", "follow"])
def test_button_is_on_for_whoever_pressed_it_alone(place: Place, name: str) -> None:
    presser, other = Client(), Client()
    presser.force_login(place.person())
    other.force_login(place.person())

    answers = []
    for client, on in ((presser, "1"), (other, "0"), (presser, "0")):
        answers.append(client.post(_address(place, name), {"on": on}, headers={"HX-Request": "true"}).content.decode())

    assert ['aria-pressed="true"' in answer for answer in answers] == [True, False, False]
    assert all(f'action="{_address(place, name)}"' in answer and "hole-" not in answer for answer in answers)
    assert (Applause.objects.count(), Follow.objects.count()) == (0, 0)


def test_number_of_those_who_applaud_is_always_todays(place: Place, client: Client) -> None:
    client.force_login(place.person())
    numbers = []

    for _each in range(3):
        applause.applaud(place.unit, attachable=place.attachable, actor=place.person())
        follow.follow(place.unit, attachable=place.attachable, actor=place.person())
        answer = client.post(_address(place, "applaud"), {"on": "0"}, headers={"HX-Request": "true"}).content.decode()
        numbers.append(re.findall(r'<span class="number">(\d+)</span>', answer))

    assert numbers == [["1"], ["2"], ["3"]]
