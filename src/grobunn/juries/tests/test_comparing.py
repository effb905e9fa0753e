"""Two at a time."""

import pytest
from django.urls import reverse

from grobunn.juries.models import Comparison, Panel
from grobunn.juries.queries.comparing import to_compare
from grobunn.juries.services.comparing import NotComparedNow, compare, take_back_last
from grobunn.juries.services.composing import CompositionClosed
from grobunn.juries.services.steps import step
from grobunn.juries.tests.factories import declare_all, make_jury
from grobunn.kernel import ids
from grobunn.organisations.tests.factories import adviser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def jury(municipality):
    adviser = adviser_of(municipality)
    panel, members, entries = make_jury(municipality, by=adviser, is_pairwise=True)
    step(panel, "open_declarations", actor=adviser)
    declare_all(*members)
    step(panel, "open_scoring", actor=adviser)
    return panel, members, entries


def test_each_pair_is_asked_about_once(jury):
    _panel, members, _entries = jury
    member, seen = members[1], []

    while (asked := to_compare(member)).pair:
        left, right = asked.pair
        compare(member, (left.pk, right.pk), better=left.pk, key=ids.new_id(), actor=member.user)
        seen.append(frozenset((left.pk, right.pk)))

    assert len(seen) == len(set(seen)) == 3
    assert (asked.done, asked.of) == (3, 3)


def test_an_answer_sent_twice_is_kept_once(jury):
    _panel, members, entries = jury
    pair, key = (entries[0].pk, entries[1].pk), ids.new_id()

    for _time in range(2):
        compare(members[1], pair, better=None, key=key, actor=members[1].user)

    assert Comparison.objects.get().better is None


def test_the_last_answer_is_taken_back_and_asked_again(jury):
    _panel, members, entries = jury
    member = members[1]
    compare(member, (entries[0].pk, entries[1].pk), better=entries[0].pk, key=ids.new_id(), actor=member.user)

    assert take_back_last(member, actor=member.user)
    assert not take_back_last(member, actor=member.user)

    assert not Comparison.objects.get().counts
    assert to_compare(member).done == 0


def test_nobody_answers_for_another_or_about_what_is_not_theirs(jury):
    _panel, members, entries = jury
    pair = (entries[0].pk, entries[1].pk)

    with pytest.raises(NotComparedNow):
        compare(members[1], pair, better=None, key=ids.new_id(), actor=members[2].user)
    with pytest.raises(NotComparedNow):
        compare(members[1], (pair[0], pair[0]), better=None, key=ids.new_id(), actor=members[1].user)
    with pytest.raises(NotComparedNow):
        compare(members[1], pair, better=entries[2].pk, key=ids.new_id(), actor=members[1].user)

    assert not Comparison.objects.exists()


def test_nothing_is_taken_after_the_release(jury):
    panel, members, entries = jury
    step(panel, "release", actor=members[0].user)

    with pytest.raises(CompositionClosed):
        compare(members[1], (entries[0].pk, entries[1].pk), better=None, key=ids.new_id(), actor=members[1].user)

    assert not Comparison.objects.exists()


def test_page_asks_keeps_and_goes_on(jury, client):
    panel, members, _entries = jury
    client.force_login(members[1].user)
    page = reverse("juries:compare", kwargs={"municipality": "trondheim", "reference": panel.reference})
    left, right = to_compare(members[1]).pair

    assert left.title in client.get(page).content.decode()
    sent = {"key": ids.new_id(), "left": left.pk, "right": right.pk, "better": "right"}
    assert client.post(page, sent).status_code == 302

    assert Comparison.objects.get().better == right
    assert {left.pk, right.pk} != {each.pk for each in to_compare(members[1]).pair}


def test_panels_that_give_figures_have_no_such_page(jury, client):
    panel, members, _entries = jury
    Panel.objects.filter(pk=panel.pk).update(is_pairwise=False)
    client.force_login(members[1].user)

    page = reverse("juries:compare", kwargs={"municipality": "trondheim", "reference": panel.reference})
    assert client.get(page).status_code == 404
