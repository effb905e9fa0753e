"""Initiatives in the API: lists, one of them, and who is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from grobunn.accounts.tests.asking import Ask
from grobunn.ideas.models import Visibility
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative, make_source


def test_list_shows_what_the_caller_may_see(ask: Ask, town: Town) -> None:
    source = make_source(town.ward, by=town.leader)
    seen = make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source)
    make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source, visibility=Visibility.INTERNAL)

    answer = ask("get", f"municipalities/{town.municipality.slug}/initiatives", by=town.nurse)

    assert [item["reference"] for item in answer.json()["items"]] == [seen.reference]
    assert answer.json()["items"][0]["owner"]["name"] == town.leader.name


def test_list_asked_again_with_its_tag_is_not_sent_again(ask: Ask, town: Town) -> None:
    make_initiative(town.ward, owner=town.leader, by=town.adviser)
    address = f"municipalities/{town.municipality.slug}/initiatives?state=underway"
    tag = ask("get", address, by=town.nurse)["ETag"]

    again = ask("get", address, by=town.nurse, if_none_match=tag)

    assert again.status_code == 304


def test_list_of_a_municipality_where_one_does_not_work_is_not_found(ask: Ask, town: Town) -> None:
    make_initiative(town.ward, owner=town.leader, by=town.adviser)

    answer = ask("get", f"municipalities/{town.municipality.slug}/initiatives", by=town.outsider)

    assert answer.status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_however_many(
    ask: Ask, town: Town, django_assert_num_queries: Callable[..., Any], count: int
) -> None:
    source = make_source(town.ward, by=town.leader)
    for _number in range(count):
        make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source)
    address = f"municipalities/{town.municipality.slug}/initiatives"
    ask("get", address, by=town.nurse)

    with django_assert_num_queries(5):
        ask("get", address, by=town.nurse)


def test_one_shows_what_it_holds(ask: Ask, town: Town) -> None:
    initiative = make_initiative(town.ward, owner=town.leader, by=town.adviser)

    shown = ask("get", f"initiatives/{initiative.reference}", by=town.nurse).json()

    assert [(held["kind"], held["amount"]) for held in shown["held"]] == [("places", "1.00")]
    assert shown["used"] == []


def test_one_is_not_found_by_an_outsider(ask: Ask, town: Town) -> None:
    initiative = make_initiative(town.ward, owner=town.leader, by=town.adviser)

    assert ask("get", f"initiatives/{initiative.reference}", by=town.outsider).status_code == 404
