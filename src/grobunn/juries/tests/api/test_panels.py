"""Panels in the API: lists, one of them, declarations."""

import pytest

from grobunn.accounts.tests.factories import UserFactory
from grobunn.juries.models import Declaration, Entry
from grobunn.juries.services.steps import step
from grobunn.juries.tests.factories import bar, make_jury

pytestmark = pytest.mark.django_db


@pytest.fixture
def jury(municipality, adviser):
    panel, members, entries = make_jury(municipality, by=adviser)
    Entry.objects.update(text="Det hele.")
    step(panel, "open_declarations", actor=adviser)
    return panel, members, entries


def test_list_has_the_callers_panels_alone(ask, jury, municipality, adviser):
    panel, members, _entries = jury
    make_jury(municipality, by=adviser, name="Et annet")

    def references(user):
        answer = ask("get", "municipalities/trondheim/panels", by=user)
        return [item["reference"] for item in answer.json()["items"]]

    assert references(members[1].user) == [panel.reference]
    assert len(references(adviser)) == 2
    assert references(UserFactory()) == []


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_few_and_many(ask, municipality, adviser, django_assert_max_num_queries, count):
    for number in range(count):
        make_jury(municipality, by=adviser, name=f"Panel {number}")
    ask("get", "municipalities/trondheim/panels", by=adviser)

    with django_assert_max_num_queries(6):
        answer = ask("get", "municipalities/trondheim/panels", by=adviser)

    assert len(answer.json()["items"]) == count


def test_declaring_opens_what_one_is_impartial_for(ask, jury):
    panel, members, entries = jury
    bar(members[1], entries[0], state="open", reason="")
    closed = ask("get", f"panels/{panel.pk}", by=members[1].user).json()["entries"]
    assert {each["text"] for each in closed} == {None}

    said = {"declarations": [{"entry": str(entry.pk), "ground": ""} for entry in entries]}
    for _twice in range(2):
        answer = ask("post", f"panels/{panel.pk}/declarations", said, by=members[1].user)
    assert [each["standing"] for each in answer.json()] == ["assessed", "impartial", "impartial"]
    assert Declaration.objects.count() == 3

    seen = ask("get", f"panels/{panel.reference}", by=members[1].user).json()["entries"]
    assert [each["text"] for each in seen] == [None, "Det hele.", "Det hele."]
    assert [each["parties"] for each in seen] == [None, [], []]


def test_who_is_not_on_the_panel_does_not_find_it(ask, jury):
    panel, _members, entries = jury
    said = {"declarations": [{"entry": str(entries[0].pk), "ground": ""}]}

    assert ask("get", f"panels/{panel.pk}", by=UserFactory()).status_code == 404
    assert ask("post", f"panels/{panel.pk}/declarations", said, by=UserFactory()).status_code == 404
    assert not Declaration.objects.exists()
