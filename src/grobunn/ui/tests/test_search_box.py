"""The box of search in the header."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from grobunn.ui import search_box
from grobunn.ui.search_box import Box, BoxHere, box_for

Requests = Callable[..., HttpRequest]
BOX = Box(
    here="search:here",
    everywhere="search:everywhere",
    suggestions_here="search:not_there",
    suggestions_everywhere="search:not_there",
    own_pages=frozenset({"search:everywhere"}),
)


@pytest.fixture(autouse=True)
def _box(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_box, "_boxes", [])
    search_box.register(BOX)


def test_box_leads_to_the_municipality_of_the_page_else_to_ones_own_else_to_all(request_for: Requests) -> None:
    request = request_for()

    nowhere = box_for(request)
    request.home_municipality = SimpleNamespace(slug="ulstein", name="Ulstein")
    at_home = box_for(request)
    request.municipality = SimpleNamespace(slug="trondheim", name="Trondheim")
    here = box_for(request)

    assert nowhere == BoxHere(url="/sok/", suggestions_url="", place="")
    assert at_home == BoxHere(url="/ulstein/sok/", suggestions_url="", place="Ulstein")
    assert here == BoxHere(url="/trondheim/sok/", suggestions_url="", place="Trondheim")


def test_box_is_not_twice_on_a_page_with_its_own(request_for: Requests) -> None:
    request = request_for()
    request.resolver_match = SimpleNamespace(view_name="search:everywhere")

    assert box_for(request) is None


def test_register_a_second_box_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured):
        search_box.register(BOX)
