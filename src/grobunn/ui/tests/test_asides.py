"""Places where features above show something."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from pytest_django import DjangoAssertNumQueries

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


@pytest.mark.django_db
def test_parts_that_know_by_sql_that_there_is_nothing_are_not_asked_and_cost_one_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    place: Place[SimpleNamespace] = Place("a page")
    asked: list[str] = []

    def part(name: str, order: int, there_is: str) -> None:
        def make(_request: HttpRequest, _subject: SimpleNamespace, _actor: object) -> str:
            asked.append(name)
            return name

        place.register(Aside(name=name, order=order, make=make, there_is=there_is))

    part("there", 20, "SELECT FROM generate_series(1, 3) AS number WHERE number = %(id)s")
    part("not there", 10, "SELECT FROM generate_series(5, 7) AS number WHERE number = %(id)s")
    part("always asked", 30, "")

    with django_assert_num_queries(1):
        shown = place.parts_of(HttpRequest(), SimpleNamespace(pk=2), AnonymousUser())

    assert shown == asked == ["there", "always asked"]
