"""A panellist who is disqualified for one pitch learns nothing of it on the pitch day, on any page, file or API path.

The same walk as in `juries/tests`, over a day under way with its teams, proposals, decisions and minutes. In between,
what the team asked for and what was decided of it are changed, decided at all or not.
"""

import json
from datetime import timedelta

import pytest

from grobunn.ideas.tests.factories import make_idea
from grobunn.initiatives.tests.factories import make_source
from grobunn.juries.models import Criterion, Entry
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.services.steps import step
from grobunn.juries.states import PanelPart
from grobunn.juries.tests.api.conftest import ask  # noqa: F401 -- a fixture
from grobunn.juries.tests.factories import bar, declare_all
from grobunn.juries.tests.scored import score_all
from grobunn.juries.tests.test_nothing_leaks import fill
from grobunn.juries.tests.walking import SECRET, differences, known_of, walk
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Notice
from grobunn.organisations.models import Municipality
from grobunn.organisations.tests.factories import RoleAssignmentFactory, UnitFactory
from grobunn.pitching.models import Proposal, ProposalLine, Slot
from grobunn.pitching.services.deciding import Word, refuse_pitch
from grobunn.pitching.tests.factories import begun, make_pitch_day, seat
from grobunn.pitching.tests.test_deciding import ask_for

pytestmark = pytest.mark.django_db
OUTCOMES = {1: "no", 5: "park"}


@pytest.fixture
def town(town):
    """The same town by the name that the walk uses."""
    Municipality.objects.filter(pk=town.municipality.pk).update(slug="trondheim")
    town.municipality.slug = "trondheim"
    return town


@pytest.fixture
def day_and_slots(town):
    ideas = tuple(make_idea(town.municipality, unit=town.ward, title=f"Idé {number}") for number in range(3))
    day, slots = make_pitch_day(town.municipality, by=town.adviser, teams=3, ideas=ideas)
    source = make_source(town.ward, by=town.leader, amount=2)
    for slot in slots:
        ask_for(slot, source, town)
    return begun(day, by=town.adviser), slots


def seated(town, day, slot, *, part, state):
    """The day's panel as it discusses: with a colleague on it who takes no part in one entry."""
    parts = [PanelPart.CHAIR if part != PanelPart.CHAIR else PanelPart.SECRETARY, PanelPart.MEMBER, PanelPart.MEMBER]
    # Colleagues from elsewhere in the municipality: nothing but what the test says keeps them from an entry.
    members = [
        seat(
            day,
            RoleAssignmentFactory(unit=UnitFactory(municipality=town.municipality)).user,
            by=town.adviser,
            part=each,
        )
        for each in [*parts, part]
    ]
    *others, barred = members
    step(day.panel, "open_declarations", actor=town.adviser)
    declare_all(*members)
    bar(barred, slot.entry, state=state)
    step(day.panel, "open_scoring", actor=town.adviser)
    judging = [each for each in members if each.part != PanelPart.SECRETARY]
    entries = list(Entry.objects.filter(panel=day.panel))
    score_all(day.panel, judging, [each for each in entries if each != slot.entry], value=3)
    score_all(day.panel, [each for each in judging if each != barred], [slot.entry], value=3)
    chair = next(each for each in members if each.part == PanelPart.CHAIR)
    step(day.panel, "release", actor=chair.user)
    return others, barred


def change(slot, others, criteria, *, value, words):
    """All that the team asked for and that the panel made of it."""
    fill(slot.entry, others, criteria, value=value, words=words)
    Entry.objects.filter(pk=slot.entry_id).update(outcome=OUTCOMES[value])
    Slot.objects.filter(pk=slot.pk).update(decided_at=clock.now() if value > 3 else None)
    Proposal.objects.filter(slot=slot).update(
        title=words,
        summary=words,
        hypothesis=words,
        milestone=words,
        milestone_due_on=clock.today() + timedelta(days=value),
        version=value,
    )
    ProposalLine.objects.filter(proposal__slot=slot).update(amount=value)


@pytest.mark.parametrize("part", [PanelPart.MEMBER, PanelPart.CHAIR])
@pytest.mark.parametrize("state", [ConflictState.CONFIRMED, ConflictState.OPEN])
def test_nothing_of_the_pitch_is_learned(client, ask, town, day_and_slots, part, state):  # noqa: F811
    day, slots = day_and_slots
    slot = slots[1]
    others, barred = seated(town, day, slot, part=part, state=state)
    criteria = list(Criterion.objects.filter(panel=day.panel))
    known = known_of(
        day.panel,
        slot.entry,
        barred,
        slug=day.slug,
        team=slot.team.slug,
        watch_key=day.watch_key,
        programme=day.cohort.programme.slug,
        cohort=day.cohort.slug,
        cohort_id=str(day.cohort_id),
        team_id=str(slot.team_id),
        pitch_day_id=str(day.pk),
        slot_id=str(slot.pk),
        key=day.cohort.feed_key,
    )

    change(slot, others, criteria, value=1, words=f"{SECRET} en")
    once = walk(client, ask, barred.user, known)
    change(slot, others, criteria, value=5, words=f"{SECRET} to og mer")
    again = walk(client, ask, barred.user, known)

    assert [address for address, (_status, words) in again.items() if f"{SECRET} " in words] == []
    assert differences(once, again) == {}
    walked = [address for address, (status, _words) in again.items() if status == 200]
    for page in ("", "vedtatt/", "referat/", "skjerm/na/", f"folg/{day.watch_key}/na/"):
        assert f"/trondheim/pitchdag/{day.slug}/{page}" in walked
    assert f"/trondheim/programmer/kalender/{day.cohort.feed_key}.ics" in walked


def test_a_decision_sends_nothing_to_whoever_takes_no_part_in_it(town, day_and_slots):
    day, slots = day_and_slots
    others, barred = seated(town, day, slots[1], part=PanelPart.MEMBER, state=ConflictState.CONFIRMED)
    run_jobs()
    before = Notice.objects.filter(recipient=barred.user).count()

    refuse_pitch(slots[1], word=Word(reasons=f"{SECRET} fordi"), actor=others[0].user)
    run_jobs()

    told = Notice.objects.filter(recipient=barred.user)
    assert told.count() == before
    assert not any(SECRET in json.dumps(notice.data) for notice in told)


def test_the_walk_finds_what_an_impartial_panellist_sees(client, ask, town, day_and_slots):  # noqa: F811
    day, slots = day_and_slots
    others, _barred = seated(town, day, slots[1], part=PanelPart.MEMBER, state=ConflictState.CONFIRMED)
    criteria = list(Criterion.objects.filter(panel=day.panel))
    change(slots[1], others, criteria, value=5, words=f"{SECRET} tekst")
    known = known_of(day.panel, slots[1].entry, others[1], slug=day.slug, team=slots[1].team.slug)

    seen = walk(client, ask, others[1].user, known)

    found = [address for address, (_status, words) in seen.items() if f"{SECRET} " in words]
    assert f"/trondheim/pitchdag/{day.slug}/lag/{slots[1].team.slug}/" in found
