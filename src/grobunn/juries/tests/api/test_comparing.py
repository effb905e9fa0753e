"""Comparing two at a time over the API."""

import pytest

from grobunn.accounts.tests.factories import UserFactory
from grobunn.juries.models import Comparison
from grobunn.juries.services.steps import step
from grobunn.juries.tests.factories import bar, declare_all, make_jury
from grobunn.kernel import ids

pytestmark = pytest.mark.django_db


def _jury(municipality, adviser, **fields):
    panel, members, entries = make_jury(municipality, by=adviser, entries=4, **fields)
    step(panel, "open_declarations", actor=adviser)
    declare_all(*members)
    step(panel, "open_scoring", actor=adviser)
    return panel, members, entries


@pytest.fixture
def jury(municipality, adviser):
    return _jury(municipality, adviser, is_pairwise=True)


def test_answers_are_kept_once_taken_back_and_followed_by_the_next_pairs(ask, jury):
    panel, members, _entries = jury
    asked = ask("get", f"panels/{panel.pk}/pairs", by=members[1].user).json()
    first, second = asked["pairs"][:2]
    answers = [
        {"id": str(ids.new_id()), **first, "better": first["left"]},
        {"id": str(ids.new_id()), **second, "better": None},
    ]
    back = {"id": str(ids.new_id()), "answer": answers[0]["id"]}

    for _twice in range(2):
        kept = ask("put", f"panels/{panel.pk}/comparisons", {"answers": answers}, by=members[1].user).json()
    after = ask("put", f"panels/{panel.pk}/comparisons", {"taken_back": [back]}, by=members[1].user).json()

    assert (len(asked["pairs"]), asked["done"], asked["enough"]) == (6, 0, 6)
    assert (kept["kept"], kept["void"], kept["refused"]) == ([each["id"] for each in answers], [], [])
    assert (kept["done"], len(kept["pairs"])) == (2, 4)
    assert (after["kept"], after["done"]) == ([back["id"]], 1)
    assert list(Comparison.objects.filter(counts=True).values_list("better", flat=True)) == [None]


def test_what_is_not_theirs_is_neither_asked_about_nor_kept(ask, jury):
    panel, members, entries = jury
    bar(members[1], entries[0])
    answer = {"id": str(ids.new_id()), "left": str(entries[0].pk), "right": str(entries[1].pk), "better": None}

    asked = ask("get", f"panels/{panel.pk}/pairs", by=members[1].user).json()
    said = ask("put", f"panels/{panel.pk}/comparisons", {"answers": [answer]}, by=members[1].user).json()

    assert not any(str(entries[0].pk) in pair.values() for pair in asked["pairs"])
    assert said["refused"] == [answer["id"]]
    assert not Comparison.objects.exists()


def test_outsiders_and_panels_that_give_figures_have_no_pairs(ask, jury, municipality, adviser):
    panel, _members, _entries = jury
    figures, judges, _handed = _jury(municipality, adviser, name="Med tall")

    for at, user in ((panel, UserFactory()), (panel, adviser), (figures, judges[1].user)):
        assert ask("get", f"panels/{at.pk}/pairs", by=user).status_code == 404
        assert ask("put", f"panels/{at.pk}/comparisons", {}, by=user).status_code == 404
