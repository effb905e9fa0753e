"""Sharing entries out."""

from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from grobunn.juries.maths.assignment import JurorGiven, Wish, share_out

FIELDS = ("helse", "skole", "plan", "digital")


def _case(count, jurors, *, seed=3, conflicts=0.05, seniors=0.4):
    pick = Random(seed)
    entries = [frozenset({pick.choice(FIELDS)}) for _ in range(count)]
    given_jurors = [
        JurorGiven(topics=frozenset(pick.sample(FIELDS, 2)), is_senior=pick.random() < seniors or number < 2)
        for number in range(jurors)
    ]
    barred = frozenset((e, j) for e in range(count) for j in range(jurors) if pick.random() < conflicts)
    return entries, given_jurors, barred


def _loads(shared, jurors):
    number = Counter(juror for _entry, juror in shared.pairs)
    return [number[juror] for juror in range(len(jurors))]


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6), reviews=st.integers(2, 4), needs_senior=st.booleans())
def test_every_entry_gets_its_reviews_and_nobody_what_they_may_not_have(seed, reviews, needs_senior):
    entries, jurors, barred = _case(40, 8, seed=seed)

    shared = share_out(entries, jurors, conflicts=barred, wish=Wish(reviews=reviews, needs_senior=needs_senior))

    number = Counter(entry for entry, _juror in shared.pairs)
    assert not barred & set(shared.pairs)
    assert len(set(shared.pairs)) == len(shared.pairs)
    assert max(_loads(shared, jurors)) <= -(-40 * reviews * 115 // (8 * 100))
    assert all(number[entry] + shared.short.get(entry, 0) == reviews for entry in range(40))
    if needs_senior and shared.is_whole:
        with_senior = {entry for entry, juror in shared.pairs if jurors[juror].is_senior}
        assert with_senior == set(range(40))


def test_loads_are_even_also_with_conflicts():
    entries, jurors, barred = _case(400, 20)

    shared = share_out(entries, jurors, conflicts=barred, wish=Wish(reviews=3, slack=0.1))

    assert shared.is_whole
    assert not shared.underused
    assert 54 <= min(_loads(shared, jurors)) <= max(_loads(shared, jurors)) <= 66


def test_few_entries_are_shared_as_evenly_as_whole_numbers_go():
    jurors = [JurorGiven()] * 3

    assert sorted(_loads(share_out([frozenset()] * 4, jurors, wish=Wish(reviews=2)), jurors)) == [2, 3, 3]


def test_expertise_is_used_and_some_reviews_build_bridges():
    entries, jurors, barred = _case(400, 20)

    shared = share_out(entries, jurors, conflicts=barred, wish=Wish(reviews=3, bridges=0.08))

    assert 96 <= len(shared.bridges) <= 180
    assert len({entry for entry, _juror in shared.bridges}) >= 90


def test_without_bridges_wanted_nearly_all_stay_in_their_field():
    entries, jurors, barred = _case(400, 20)

    shared = share_out(entries, jurors, conflicts=barred, wish=Wish(reviews=3, bridges=0))

    assert len(shared.bridges) < 60


def test_who_takes_few_gets_few_and_the_others_share_the_rest():
    entries = [frozenset()] * 30
    jurors = [JurorGiven(most=2), *[JurorGiven()] * 4]

    shared = share_out(entries, jurors, wish=Wish(reviews=2, slack=0.1))

    assert shared.is_whole
    assert _loads(shared, jurors)[0] == 2
    assert max(_loads(shared, jurors)) - min(_loads(shared, jurors)[1:]) <= 3


def test_what_cannot_be_is_named():
    entries = [frozenset()] * 4
    jurors = [JurorGiven(is_senior=True), JurorGiven(), JurorGiven()]
    conflicts = frozenset({(0, 0), (1, 1), (1, 2)})

    shared = share_out(entries, jurors, conflicts=conflicts, wish=Wish(reviews=2, slack=1, needs_senior=True))

    assert shared.short == {0: 1, 1: 1}
    assert shared.lacks_senior == [0]


def test_the_same_is_shared_out_in_the_same_way():
    case = _case(60, 9)

    first, again = (share_out(case[0], case[1], conflicts=case[2]) for _ in range(2))

    assert first.pairs == again.pairs


def test_nobody_and_nothing():
    assert share_out([], [JurorGiven()]).pairs == ()
    assert share_out([frozenset()], []).short == {0: 3}
