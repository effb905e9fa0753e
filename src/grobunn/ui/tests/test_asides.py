"""Places where features above show something."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from grobunn.ui.asides import Aside, Place


def test_parts_stand_in_their_order_and_those_with_nothing_to_show_are_left_out() -> None:
    place: Place[str] = Place("a page")
    place.register(Aside(name="second", order=20, make=lambda _request, subject, _actor: f"second of {subject}"))
    place.register(Aside(name="empty", order=15, make=lambda _request, _subject, _actor: ""))
    place.register(Aside(name="first", order=10, make=lambda _request, subject, _actor: f"first of {subject}"))

    assert place.parts_of(HttpRequest(), "it", AnonymousUser()) == ["first of it", "second of it"]


def test_register_twice_is_refused() -> None:
    place: Place[str] = Place("a page")
    place.register(Aside(name="case", order=10, make=lambda _request, _subject, _actor: ""))

    with pytest.raises(ImproperlyConfigured, match="The part case of a page is registered twice"):
        place.register(Aside(name="case", order=20, make=lambda _request, _subject, _actor: ""))
