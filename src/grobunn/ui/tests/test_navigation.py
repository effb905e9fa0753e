"""The entries of header and footer."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from grobunn.ui import navigation
from grobunn.ui.navigation import Entry, Place

Requests = Callable[..., HttpRequest]


def test_links_stand_in_order_and_mark_the_current_one(request_for: Requests) -> None:
    navigation.register(Entry(label="B", url_name="ui:gallery-similar", order=20))
    navigation.register(Entry(label="A", url_name="ui:gallery", order=10))

    found = navigation.links(request_for("/ui/lignende/"), Place.MAIN)

    assert [(link.label, link.url, link.is_current) for link in found] == [
        ("A", "/ui/", False),
        ("B", "/ui/lignende/", True),
    ]


def test_links_leave_out_what_a_person_may_not_see(request_for: Requests) -> None:
    navigation.register(Entry(label="A", url_name="ui:gallery", is_visible=lambda _request: False))

    assert navigation.links(request_for(), Place.MAIN) == []


def test_links_of_a_municipality_need_one(request_for: Requests) -> None:
    navigation.register(Entry(label="A", url_name="ui:theme", needs_municipality=True))

    assert navigation.links(request_for(), Place.MAIN) == []


def test_home_slug_here_comes_before_home(request_for: Requests) -> None:
    request = request_for()
    request.home_municipality = SimpleNamespace(slug="ulstein")
    at_home = navigation.home_slug(request)
    request.municipality = SimpleNamespace(slug="trondheim")

    assert (at_home, navigation.home_slug(request)) == ("ulstein", "trondheim")


def test_register_twice_in_one_place_is_refused() -> None:
    navigation.register(Entry(label="A", url_name="ui:gallery"))
    navigation.register(Entry(label="A", url_name="ui:gallery", place=Place.FOOTER))

    with pytest.raises(ImproperlyConfigured):
        navigation.register(Entry(label="B", url_name="ui:gallery"))


def test_links_count_is_asked_for(request_for: Requests) -> None:
    navigation.register(Entry(label="A", url_name="ui:gallery", place=Place.TOOL, count=lambda _request: 3))

    assert [link.count for link in navigation.links(request_for(), Place.TOOL)] == [3]
