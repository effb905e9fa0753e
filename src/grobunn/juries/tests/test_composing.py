"""Making a panel, and the first steps of its life."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from grobunn.accounts.tests.factories import UserFactory
from grobunn.juries.guards import NotReady
from grobunn.juries.models import Criterion, Entry, Member, Panel, Party, PartyKind
from grobunn.juries.packaged import KEYS, packaged_criteria
from grobunn.juries.services.composing import (
    CompositionClosed,
    EntryGiven,
    PartyGiven,
    add_member,
    hand_in,
    make_panel,
    use_criteria,
)
from grobunn.juries.services.steps import step
from grobunn.juries.states import PanelPart, PanelState
from grobunn.juries.tests.factories import declare_all, make_jury
from grobunn.kernel import ids

pytestmark = pytest.mark.django_db


def test_panel_sent_twice_is_made_once(municipality, adviser):
    key = ids.new_id()

    first = make_panel(municipality, name="Pitchdag", actor=adviser, key=key)
    again = make_panel(municipality, name="Pitchdag", actor=adviser, key=key)

    assert first == again
    assert first.reference == "trondheim-p1"
    assert Panel.objects.count() == 1


def test_an_occasion_has_one_panel(municipality, adviser):
    occasion = ("pitch", ids.new_id())

    first = make_panel(municipality, name="Pitchdag", actor=adviser, occasion=occasion)

    assert make_panel(municipality, name="Pitchdag igjen", actor=adviser, occasion=occasion) == first


def test_only_the_adviser_makes_panels(municipality):
    with pytest.raises(PermissionDenied):
        make_panel(municipality, name="Pitchdag", actor=UserFactory())

    assert not Panel.objects.exists()


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_packaged_criteria_are_whole_in_every_language(key, language):
    criteria = packaged_criteria(key, language)

    assert criteria is not None
    assert criteria.name
    assert all(each.name and each.question for each in criteria.criteria)
    assert all(level.text for each in criteria.criteria for level in each.levels)


def test_what_is_handed_in_again_is_written_anew(municipality, adviser):
    panel = make_panel(municipality, name="Pitchdag", actor=adviser)
    source = ("team", ids.new_id())

    hand_in(panel, [EntryGiven(title="Sensorer", source=source)], actor=adviser)
    hand_in(
        panel,
        [EntryGiven(title="Sensorer i senger", source=source, parties=[PartyGiven(PartyKind.PARTNER, name="SINTEF")])],
        actor=adviser,
    )

    entry = Entry.objects.get(panel=panel)
    assert entry.title == "Sensorer i senger"
    assert Party.objects.get(entry=entry).name == "SINTEF"


def test_panel_has_one_chair(municipality, adviser):
    panel, _members, _entries = make_jury(municipality, by=adviser)

    with pytest.raises(IntegrityError), transaction.atomic():
        add_member(panel, UserFactory(), part=PanelPart.CHAIR, actor=adviser)

    assert Member.objects.filter(panel=panel, part=PanelPart.CHAIR).count() == 1


def test_declarations_are_asked_for_when_the_panel_is_whole(municipality, adviser):
    panel = make_panel(municipality, name="Pitchdag", actor=adviser)

    with pytest.raises(NotReady) as refused:
        step(panel, "open_declarations", actor=adviser)

    assert len(refused.value.missing) == 4
    panel.refresh_from_db()
    assert panel.state == PanelState.PREPARING


def test_scoring_opens_when_every_entry_has_somebody_impartial(municipality, adviser):
    panel, members, entries = make_jury(municipality, by=adviser)
    step(panel, "open_declarations", actor=adviser)

    with pytest.raises(NotReady) as refused:
        step(panel, "open_scoring", actor=adviser)
    assert entries[0].title in str(refused.value)

    declare_all(*members)
    step(panel, "open_scoring", actor=adviser)
    assert panel.state == PanelState.SCORING


def test_criteria_stay_when_declarations_are_asked_for(municipality, adviser):
    panel, _members, _entries = make_jury(municipality, by=adviser)
    step(panel, "open_declarations", actor=adviser)

    with pytest.raises(CompositionClosed):
        use_criteria(panel, packaged_criteria("kmd-innovasjonspris", "nb"), actor=adviser)

    assert Criterion.objects.filter(panel=panel, code="need").exists()
