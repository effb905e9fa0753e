"""Answers about two at a time that a device kept: each once, in whatever order they come, and the last given counts."""

import json
from datetime import timedelta
from itertools import permutations

import pytest
from django.urls import reverse

from grobunn.juries.models import Comparison
from grobunn.juries.queries.comparing import to_compare
from grobunn.juries.services.comparing import AnswerGiven, AnswerTakenBack, record_answers
from grobunn.juries.services.steps import step
from grobunn.juries.tests.factories import bar, declare_all, make_jury
from grobunn.kernel import clock, ids
from grobunn.organisations.tests.factories import adviser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def jury(municipality):
    adviser = adviser_of(municipality)
    panel, members, entries = make_jury(municipality, by=adviser, entries=4, is_pairwise=True)
    step(panel, "open_declarations", actor=adviser)
    declare_all(*members)
    step(panel, "open_scoring", actor=adviser)
    return panel, members, entries


def _answer(left, right, *, better=None, at=None):
    return AnswerGiven(
        id=ids.new_id(), pair=(left.pk, right.pk), better=better.pk if better else None, made_at=at or clock.now()
    )


def _at(panel, name):
    return reverse(f"juries:{name}", kwargs={"municipality": panel.municipality.slug, "reference": panel.reference})


def _parcel(member, *items):
    now = clock.now().timestamp() * 1000
    return json.dumps({"owner": str(member.pk), "sent_at": now, "items": [{"at": now, **item} for item in items]})


def test_answer_sent_again_is_kept_once(jury):
    _panel, members, entries = jury
    answer = _answer(entries[0], entries[1], better=entries[0])

    first = record_answers(members[1], [answer, answer])
    again = record_answers(members[1], [answer])

    assert first.kept == again.kept == (answer.id,)
    assert (first.refused, first.void, again.void) == ((), (), ())
    assert Comparison.objects.get().better == entries[0]


def test_of_two_answers_about_the_same_pair_the_last_given_counts_in_whatever_order_they_come(jury):
    _panel, members, entries = jury
    now = clock.now()

    for member, order in ((members[1], (0, 1)), (members[2], (1, 0))):
        given = [
            _answer(entries[0], entries[1], better=entries[0], at=now - timedelta(seconds=2)),
            _answer(entries[1], entries[0], better=entries[1], at=now - timedelta(seconds=1)),
        ]
        for place in order:
            record_answers(member, [given[place]])

    counting = Comparison.objects.filter(counts=True)
    assert [row.better for row in counting] == [entries[1], entries[1]]
    assert Comparison.objects.count() == 4
    assert to_compare(members[1]).done == 1


def test_what_is_taken_back_comes_to_the_same_in_whatever_order_it_is_sent_after_it(jury):
    _panel, members, entries = jury
    now = clock.now()

    for member, order in zip(members, list(permutations(range(3)))[:3], strict=True):
        first = _answer(entries[0], entries[1], better=entries[0], at=now - timedelta(seconds=3))
        second = _answer(entries[2], entries[3], better=entries[2], at=now - timedelta(seconds=2))
        back = AnswerTakenBack(id=ids.new_id(), answer_id=first.id, made_at=now - timedelta(seconds=1))
        sent = [first, second, back]
        record_answers(member, [sent[place] for place in order])
        again = record_answers(member, sent)

        assert set(again.kept) == {first.id, second.id, back.id}
        counting = Comparison.objects.filter(member=member, counts=True)
        assert [row.pk for row in counting] == [second.id]


def test_answers_given_before_the_release_count_and_those_after_are_void(jury):
    panel, members, entries = jury
    before, after = _answer(entries[0], entries[1]), _answer(entries[2], entries[3])
    step(panel, "release", actor=members[0].user)
    after = AnswerGiven(id=after.id, pair=after.pair, better=None, made_at=clock.now())

    became = record_answers(members[1], [before, after])

    assert (set(became.kept), became.void, became.refused) == ({before.id, after.id}, (after.id,), ())
    assert {row.pk: row.counts for row in Comparison.objects.all()} == {before.id: True, after.id: False}


def test_answers_about_what_is_not_theirs_are_refused_in_the_same_way(jury):
    _panel, members, entries = jury
    bar(members[1], entries[0])
    barred, same = _answer(entries[0], entries[1]), _answer(entries[1], entries[1])
    third, good = _answer(entries[1], entries[2], better=entries[3]), _answer(entries[1], entries[2])
    nothing = AnswerTakenBack(id=ids.new_id(), answer_id=ids.new_id(), made_at=clock.now())

    became = record_answers(members[1], [barred, same, third, good, nothing])

    assert became.refused == (barred.id, same.id, third.id, nothing.id)
    assert [row.pk for row in Comparison.objects.all()] == [good.id]


def test_nobody_takes_another_members_answer_or_its_id(jury):
    _panel, members, entries = jury
    theirs = _answer(entries[0], entries[1])
    record_answers(members[1], [theirs])

    back = AnswerTakenBack(id=ids.new_id(), answer_id=theirs.id, made_at=clock.now())
    became = record_answers(members[2], [theirs, back])

    assert became.refused == (theirs.id, back.id)
    row = Comparison.objects.get()
    assert (row.member, row.counts) == (members[1], True)


def test_device_sends_what_it_kept_and_is_told_what_became_of_it(client, jury):
    panel, members, entries = jury
    client.force_login(members[1].user)
    good, odd, back = (str(ids.new_id()) for _each in range(3))
    pair = {"left": str(entries[0].pk), "right": str(entries[1].pk)}
    parcel = _parcel(
        members[1],
        {"id": good, **pair, "better": "right"},
        {"id": odd, **pair, "better": "both"},
        {"id": back, "takes_back": good},
    )

    answers = [
        client.post(_at(panel, "send_answers"), parcel, content_type="application/json").json() for _each in range(2)
    ]

    assert [(each["kept"], each["refused"], each["is_open"]) for each in answers] == [([good, back], [odd], True)] * 2
    row = Comparison.objects.get()
    assert (row.better, row.counts) == (entries[1], False)


def test_what_another_left_on_the_device_is_not_mine(client, jury):
    panel, members, entries = jury
    client.force_login(members[2].user)
    item = {"id": str(ids.new_id()), "left": str(entries[0].pk), "right": str(entries[1].pk), "better": "left"}

    sent = client.post(_at(panel, "send_answers"), _parcel(members[1], item), content_type="application/json")

    assert sent.status_code == 409
    assert client.get(_at(panel, "send_answers")).json()["owner"] == str(members[2].pk)
    assert not Comparison.objects.exists()


def test_next_pairs_go_out_with_the_page_without_what_was_answered(client, jury):
    panel, members, entries = jury
    client.force_login(members[1].user)

    page = client.get(_at(panel, "compare")).content.decode()
    assert (page.count("data-pair="), page.count("<template>")) == (6, 5)

    record_answers(members[1], [_answer(entries[0], entries[1])])
    more = client.get(_at(panel, "more_pairs")).content.decode()
    assert more.count("<template>") == 5
    assert f'data-pair="{entries[0].pk} {entries[1].pk}"' not in more
    assert f'data-pair="{entries[1].pk} {entries[0].pk}"' not in more


def test_who_is_not_on_the_panel_finds_neither_pairs_nor_where_to_send(client, jury, municipality):
    panel, _members, _entries = jury
    client.force_login(adviser_of(municipality))

    assert client.get(_at(panel, "more_pairs")).status_code == 404
    assert client.get(_at(panel, "send_answers")).status_code == 404
