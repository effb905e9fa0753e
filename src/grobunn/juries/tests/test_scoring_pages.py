"""The pages on which scores are given, and where a device sends them."""

import json

import pytest
from django.urls import reverse

from grobunn.juries.models import Criterion, Score, Tap
from grobunn.juries.services.scoring import TapGiven, record_taps
from grobunn.juries.services.steps import step
from grobunn.juries.tests.factories import bar, declare_all, make_jury
from grobunn.kernel import clock, ids
from grobunn.organisations.tests.factories import adviser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def jury(municipality):
    return _jury(municipality, entries=3)


def _jury(municipality, *, entries):
    adviser = adviser_of(municipality)
    panel, members, handed = make_jury(municipality, by=adviser, entries=entries)
    step(panel, "open_declarations", actor=adviser)
    declare_all(*members)
    step(panel, "open_scoring", actor=adviser)
    return panel, members, handed


def _at(panel, name, **more):
    where = {"municipality": panel.municipality.slug, "reference": panel.reference, **more}
    return reverse(f"juries:{name}", kwargs=where)


def _parcel(member, *items):
    now = clock.now().timestamp() * 1000
    return json.dumps({"owner": str(member.pk), "sent_at": now, "items": [{"at": now, **item} for item in items]})


def test_sheet_without_javascript_keeps_what_was_changed_once(client, jury):
    panel, members, entries = jury
    client.force_login(members[1].user)
    address = _at(panel, "score", entry_id=entries[0].pk)
    form = {"key": str(ids.new_id()), "value-need": "4", "was-value-need": "", "note-need": "Sterkt.", "note-": ""}

    answers = [client.post(address, form) for _each in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == _at(panel, "score", entry_id=entries[1].pk)
    assert Tap.objects.count() == 2
    score = Score.objects.get(member=members[1])
    assert (score.value, score.note) == (4, "Sterkt.")


def test_a_stale_page_overwrites_nothing(client, jury):
    panel, members, entries = jury
    client.force_login(members[1].user)
    address = _at(panel, "score", entry_id=entries[0].pk)
    client.post(address, {"value-need": "4", "was-value-need": ""})

    client.post(address, {"value-need": "2", "was-value-need": "2", "note-need": "Ny.", "was-note-need": ""})

    score = Score.objects.get(member=members[1])
    assert (score.value, score.note) == (4, "Ny.")


def test_sheet_shows_words_of_levels_and_what_was_given(client, jury):
    panel, members, entries = jury
    client.force_login(members[1].user)
    client.post(_at(panel, "score", entry_id=entries[0].pk), {"value-need": "4", "was-value-need": ""})

    page = client.get(_at(panel, "score", entry_id=entries[0].pk)).content.decode()

    need = Criterion.objects.get(panel=panel, code="need")
    assert all(level["text"] in page for level in need.levels)
    assert 'name="value-need" value="4" checked' in page


def test_entry_of_who_is_disqualified_is_not_found(client, jury):
    panel, members, entries = jury
    bar(members[1], entries[0])
    client.force_login(members[1].user)

    assert client.get(_at(panel, "score", entry_id=entries[0].pk)).status_code == 404
    assert client.get(_at(panel, "score", entry_id=ids.new_id())).status_code == 404
    assert entries[0].title not in client.get(_at(panel, "more_to_score")).content.decode()
    assert entries[0].title not in client.get(_at(panel, "scoring")).content.decode()


def test_what_a_device_sends_is_kept_and_what_cannot_be_read_does_not_keep_it_back(client, jury):
    panel, members, entries = jury
    client.force_login(members[1].user)
    good, odd = str(ids.new_id()), str(ids.new_id())
    parcel = _parcel(
        members[1],
        {"id": good, "entry": str(entries[0].pk), "criterion": "need", "value": 3},
        {"id": odd, "entry": str(entries[0].pk), "criterion": "need", "value": "tre"},
    )

    answer = client.post(_at(panel, "send_taps"), parcel, content_type="application/json").json()

    assert (answer["kept"], answer["refused"], answer["is_open"]) == ([good], [odd], True)
    assert Score.objects.get(member=members[1]).value == 3


def test_device_asks_what_is_kept_and_hears_nothing_of_who_is_disqualified(client, jury):
    panel, members, entries = jury
    client.force_login(members[1].user)
    items = [
        {"id": str(ids.new_id()), "entry": str(entry.pk), "criterion": "need", "value": 3} for entry in entries[:2]
    ]
    note = {"id": str(ids.new_id()), "entry": str(entries[0].pk), "criterion": "", "note": "Alt i alt."}
    client.post(_at(panel, "send_taps"), _parcel(members[1], *items, note), content_type="application/json")
    bar(members[1], entries[1])

    asked = client.get(_at(panel, "send_taps"), {"svar": ""}).json()["scores"]

    assert sorted(asked, key=str) == sorted(
        [[str(entries[0].pk), "need", 3, ""], [str(entries[0].pk), "", None, "Alt i alt."]], key=str
    )
    assert client.get(_at(panel, "send_taps")).json()["scores"] == []


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"owner": 1}', '{"owner": "x", "sent_at": 1e99, "items": []}'])
def test_what_is_no_parcel_is_refused(client, jury, body):
    panel, members, _entries = jury
    client.force_login(members[1].user)

    assert client.post(_at(panel, "send_taps"), body, content_type="application/json").status_code == 400


def test_taps_of_who_used_the_device_before_are_not_mine(client, jury):
    panel, members, entries = jury
    client.force_login(members[2].user)
    parcel = _parcel(
        members[1], {"id": str(ids.new_id()), "entry": str(entries[0].pk), "criterion": "need", "value": 3}
    )

    assert client.post(_at(panel, "send_taps"), parcel, content_type="application/json").status_code == 409
    assert not Tap.objects.exists()


def test_who_is_not_on_the_panel_finds_nothing(client, jury, municipality):
    panel, _members, entries = jury
    client.force_login(adviser_of(municipality))

    assert client.get(_at(panel, "score", entry_id=entries[0].pk)).status_code == 404
    assert client.get(_at(panel, "send_taps")).status_code == 404
    assert client.get(_at(panel, "scoring")).status_code == 200


def test_chair_sees_how_far_everybody_has_come_and_a_member_does_not(client, jury):
    panel, members, _entries = jury
    for member, sees in ((members[0], True), (members[1], False)):
        client.force_login(member.user)
        assert (members[2].user.name in client.get(_at(panel, "scoring")).content.decode()) == sees


@pytest.mark.parametrize("entries", [1, 3])
def test_pages_cost_the_same_for_few_and_many(client, municipality, entries, django_assert_num_queries):
    panel, members, handed = _jury(municipality, entries=entries)
    client.force_login(members[0].user)
    client.get(_at(panel, "scoring"))

    with django_assert_num_queries(15):
        client.get(_at(panel, "scoring"))
    with django_assert_num_queries(9):
        client.get(_at(panel, "score", entry_id=handed[0].pk))


def test_release_page_says_how_many_have_not_scored_everything(client, jury):
    panel, members, entries = jury
    codes = list(Criterion.objects.filter(panel=panel).values_list("code", flat=True))
    taps = [
        TapGiven(id=ids.new_id(), entry_id=entry.pk, criterion=code, value=3, made_at=clock.now())
        for entry in entries
        for code in codes
    ]
    record_taps(members[0], taps)
    client.force_login(members[0].user)

    page = client.get(_at(panel, "step", edge="release"), headers={"accept-language": "en"}).content.decode()

    left = len(members) - 1
    assert f"{left} on the panel {'has' if left == 1 else 'have'} not scored everything yet." in page
