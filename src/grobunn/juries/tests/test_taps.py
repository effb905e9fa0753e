"""Taps: kept once, whatever order they come in, and the scores that follow."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grobunn.accounts.tests.factories import UserFactory
from grobunn.juries.models import Assignment, Criterion, Panel, Score, Tap
from grobunn.juries.queries.progress import progress_of_members
from grobunn.juries.services.composing import add_member
from grobunn.juries.services.scoring import TapGiven, record_taps
from grobunn.juries.services.steps import step
from grobunn.juries.states import PanelPart, PanelState
from grobunn.juries.tests.factories import bar, declare_all, make_jury
from grobunn.kernel import clock, ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def jury(municipality, adviser):
    panel, members, entries = make_jury(municipality, by=adviser)
    step(panel, "open_declarations", actor=adviser)
    declare_all(*members)
    step(panel, "open_scoring", actor=adviser)
    return panel, members, entries


def _tap(entry, value=3, *, criterion="need", at=None, **fields):
    return TapGiven(
        id=fields.pop("id", None) or ids.new_id(),
        entry_id=entry.pk,
        criterion=criterion,
        value=value,
        made_at=at or clock.now(),
        **fields,
    )


def _value(member, entry, criterion="need"):
    found = Score.objects.filter(member=member, entry=entry, criterion__code=criterion).first()
    return found.value if found else None


def test_the_last_tap_made_counts_also_when_it_comes_first(jury):
    _panel, members, entries = jury
    now = clock.now()
    earlier, later = _tap(entries[0], 2, at=now - timedelta(minutes=5)), _tap(entries[0], 4, at=now)

    record_taps(members[1], [later])
    record_taps(members[1], [earlier])

    assert _value(members[1], entries[0]) == 4
    assert Tap.objects.count() == 2


def test_a_tap_sent_again_is_kept_once(jury):
    _panel, members, entries = jury
    tap = _tap(entries[0], 2)

    first = record_taps(members[1], [tap, tap])
    again = record_taps(members[1], [tap])

    assert first.kept == again.kept == (tap.id,)
    assert Tap.objects.count() == 1


def test_a_figure_taken_away_leaves_none(jury):
    _panel, members, entries = jury
    record_taps(members[1], [_tap(entries[0], 2)])

    record_taps(members[1], [_tap(entries[0], None)])

    assert _value(members[1], entries[0]) is None


def test_notes_stand_beside_figures(jury):
    _panel, members, entries = jury

    record_taps(members[1], [_tap(entries[0], 2), _tap(entries[0], None, note="Sterkt behov.")])
    record_taps(members[1], [_tap(entries[0], None, criterion="", note="Alt i alt godt.")])

    of_criterion = Score.objects.get(member=members[1], criterion__code="need")
    assert (of_criterion.value, of_criterion.note) == (2, "Sterkt behov.")
    assert Score.objects.get(member=members[1], criterion=None).note == "Alt i alt godt."


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": 99},
        {"value": 0},
        {"criterion": "unknown"},
        {"criterion": ""},
        {"value": 2, "note": "Begge."},
        {"value": None, "note": "x" * 4001},
        {"value": None, "note": "\0"},
    ],
)
def test_what_a_criterion_lacks_is_refused_and_the_rest_is_kept(jury, wrong):
    _panel, members, entries = jury
    bad, good = _tap(entries[0], **wrong), _tap(entries[1], 2)

    recorded = record_taps(members[1], [bad, good])

    assert (recorded.kept, recorded.refused) == ((good.id,), (bad.id,))
    assert Tap.objects.get().pk == good.id


def test_who_is_disqualified_is_refused_as_for_an_entry_that_is_not_there(jury, municipality, adviser):
    _panel, members, entries = jury
    bar(members[1], entries[0])
    barred, unknown = _tap(entries[0]), TapGiven(id=ids.new_id(), entry_id=ids.new_id(), made_at=clock.now(), note="")

    recorded = record_taps(members[1], [barred, unknown])

    assert recorded.refused == (barred.id, unknown.id)
    assert not Tap.objects.exists()


def test_secretary_substitute_and_who_got_others_entries_score_nothing(jury, adviser):
    panel, members, entries = jury
    idle = [add_member(panel, UserFactory(), part=part, actor=adviser) for part in (PanelPart.SECRETARY, "substitute")]
    declare_all(*idle)
    for member in idle:
        assert record_taps(member, [_tap(entries[0])]).kept == ()

    Panel.objects.filter(pk=panel.pk).update(is_shared_out=True)
    Assignment.objects.create(municipality_id=panel.municipality_id, member=members[1], entry=entries[1])
    mine, anothers = _tap(entries[1]), _tap(entries[0])

    assert record_taps(members[1], [mine, anothers]).kept == (mine.id,)


def test_another_members_id_is_not_taken_over(jury):
    _panel, members, entries = jury
    tap = _tap(entries[0], 2)
    record_taps(members[1], [tap])

    recorded = record_taps(members[2], [tap])

    assert recorded.refused == (tap.id,)
    assert _value(members[2], entries[0]) is None


def test_after_release_only_what_was_made_before_counts(jury):
    panel, members, entries = jury
    now = clock.now()
    before, after = _tap(entries[0], 2, at=now + timedelta(minutes=9)), _tap(entries[1], 5, at=now + timedelta(hours=2))
    with clock.moved_to(now + timedelta(hours=1)):
        step(panel, "release", actor=members[0].user)

    with clock.moved_to(now + timedelta(hours=3)):
        recorded = record_taps(members[1], [before, after])

    assert recorded.kept == (before.id, after.id)
    assert recorded.void == (after.id,)
    assert Tap.objects.get(pk=before.id).is_late
    assert (_value(members[1], entries[0]), _value(members[1], entries[1])) == (2, None)


def test_between_release_and_opening_again_nothing_counts(jury):
    panel, members, entries = jury
    now = clock.now()
    with clock.moved_to(now + timedelta(hours=1)):
        step(panel, "release", actor=members[0].user)
    with clock.moved_to(now + timedelta(hours=2)):
        step(panel, "reopen_scoring", actor=members[0].user, reason="To manglet.")
    between, again = (
        _tap(entries[0], 5, at=now + timedelta(hours=1.5)),
        _tap(entries[1], 4, at=now + timedelta(hours=3)),
    )

    with clock.moved_to(now + timedelta(hours=4)):
        record_taps(members[1], [between, again])

    assert (_value(members[1], entries[0]), _value(members[1], entries[1])) == (None, 4)


def test_after_the_decision_a_tap_is_kept_and_changes_nothing(jury):
    panel, members, entries = jury
    now = clock.now()
    with clock.moved_to(now + timedelta(hours=1)):
        step(panel, "release", actor=members[0].user)
    Panel.objects.filter(pk=panel.pk).update(state=PanelState.DECIDED)
    tap = _tap(entries[0], 2, at=now + timedelta(minutes=5))

    with clock.moved_to(now + timedelta(hours=2)):
        recorded = record_taps(members[1], [tap])

    assert recorded.void == (tap.id,)
    assert _value(members[1], entries[0]) is None


def test_a_wrong_clock_is_set_right_and_a_slow_network_is_not(jury):
    _panel, members, entries = jury
    now = clock.now()
    hour = timedelta(hours=1)

    with clock.moved_to(now + timedelta(minutes=10)):
        wrong = record_taps(members[1], [_tap(entries[0], at=now - hour)], sent_at=now - hour + timedelta(minutes=10))
        slow = record_taps(members[2], [_tap(entries[0], at=now)], sent_at=clock.now() - timedelta(seconds=20))

    assert wrong.offset == hour
    assert slow.offset == timedelta()
    assert [tap.tapped_at for tap in Tap.objects.order_by("pk")] == [now, now]


def test_a_slow_first_tap_does_not_overtake_the_next(jury):
    _panel, members, entries = jury
    now = clock.now()
    with clock.moved_to(now + timedelta(seconds=8)):
        record_taps(members[1], [_tap(entries[0], 3, at=now)], sent_at=now)
    with clock.moved_to(now + timedelta(seconds=9)):
        record_taps(members[1], [_tap(entries[0], 4, at=now + timedelta(seconds=2))], sent_at=clock.now())

    assert _value(members[1], entries[0]) == 4


def test_a_tap_from_the_future_was_made_when_it_came(jury):
    _panel, members, entries = jury
    now = clock.now()

    with clock.moved_to(now):
        record_taps(members[1], [_tap(entries[0], at=now + timedelta(days=300))])

    assert Tap.objects.get().tapped_at == now


def test_progress_leaves_out_what_the_reader_may_not_know(jury):
    panel, members, entries = jury
    codes = Criterion.objects.filter(panel=panel).values_list("code", flat=True)
    record_taps(members[1], [_tap(entry, 2, criterion=code) for entry in entries[:2] for code in codes])

    everything = {each.member.pk: each.progress for each in progress_of_members(panel, None)}
    assert (everything[members[1].pk].done, everything[members[1].pk].of) == (2, 3)

    bar(members[0], entries[0])
    chairs = {each.member.pk: each.progress for each in progress_of_members(panel, members[0])}
    assert (chairs[members[1].pk].done, chairs[members[1].pk].of) == (1, 2)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_scores_follow_from_the_taps_alone(jury, data):
    """Two devices, one with a wrong clock; taps in any order, in any parts, any number of times."""
    _panel, members, entries = jury
    member = members[1]
    Tap.objects.all().delete()
    Score.objects.all().delete()
    begun = clock.now() + timedelta(minutes=1)
    number = data.draw(st.integers(1, 7))
    made = []
    for index in range(number):
        criterion = data.draw(st.sampled_from(["need", ""]))
        is_note = criterion == "" or data.draw(st.booleans())
        given_now = {"note": f"notat {index}", "value": None} if is_note else {"value": data.draw(st.integers(1, 5))}
        made.append(
            (
                data.draw(st.sampled_from(["phone", "tablet"])),
                UUID(int=data.draw(st.integers(1, 2**100)) * 1000 + index),
                data.draw(st.sampled_from(entries)),
                criterion,
                begun + timedelta(seconds=data.draw(st.integers(0, 20))),
                given_now,
            )
        )
    behind = {"phone": timedelta(), "tablet": timedelta(hours=-2)}
    arriving = data.draw(st.permutations(made + data.draw(st.lists(st.sampled_from(made), max_size=4))))

    for step_number, (device, key, entry, criterion, at, what) in enumerate(arriving):
        with clock.moved_to(begun + timedelta(minutes=5, seconds=step_number)):
            tap = _tap(entry, criterion=criterion, at=at + behind[device], id=key, **what)
            assert record_taps(member, [tap], sent_at=clock.now() + behind[device]).kept == (key,)

    expected = {}
    for _device, _key, entry, criterion, _at, what in sorted(made, key=lambda each: (each[4], each[1])):
        kind = "note" if "note" in what else "value"
        expected[(entry.pk, criterion, kind)] = what[kind]
    found = {}
    for score in Score.objects.filter(member=member).select_related("criterion"):
        code = score.criterion.code if score.criterion else ""
        if score.noted_at:
            found[(score.entry_id, code, "note")] = score.note
        if score.valued_at:
            found[(score.entry_id, code, "value")] = score.value
    assert found == expected
    assert Tap.objects.count() == len(made)
