"""What is held about people on panels, and until when: each promise of the README."""

from datetime import timedelta

import pytest
from django_scopes import scope

from grobunn.accounts.tests.factories import UserFactory
from grobunn.juries.holdings import held_about
from grobunn.juries.models import Conflict, Declaration, Entry, Member, Panel, Party, PartyKind, Score, Tap
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.protocols.content import content_of
from grobunn.juries.services.retention import forget_personal_data
from grobunn.juries.states import PanelState
from grobunn.juries.tests.factories import bar
from grobunn.juries.tests.scored import released_jury
from grobunn.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(municipality, adviser):
    """A panel that was closed today, with everything that it holds of a member from outside."""
    panel, members, entries = released_jury(municipality, by=adviser)
    member = members[1]
    Member.objects.filter(pk=member.pk).update(employer="Universitetet", expertise=["velferd"])
    dismissed, confirmed = entries[0], entries[1]
    bar(member, dismissed, state=ConflictState.DISMISSED, detail="Naboer en gang.")
    bar(member, confirmed, detail="Søsken.")
    Declaration.objects.filter(member=member, entry=dismissed).update(ground="other", text="Naboer en gang.")
    Declaration.objects.filter(member=member, entry=confirmed).update(ground="b", text="Søsken.")
    Score.objects.filter(member=member, entry=dismissed).update(note="Til meg selv.")
    given = {"municipality_id": municipality.pk, "member": member, "entry": dismissed, "tapped_at": clock.now()}
    criterion = Score.objects.filter(member=member).first().criterion
    Tap.objects.create(**given, criterion=criterion, note="Til meg selv.")
    Tap.objects.create(**given, criterion=criterion, value=4)
    Party.objects.create(municipality_id=municipality.pk, entry=confirmed, kind=PartyKind.TEAM, user=member.user)
    Panel.objects.filter(pk=panel.pk).update(state=PanelState.CLOSED, state_since=clock.now())
    return panel, member, dismissed, confirmed


def test_nothing_goes_before_a_year_has_passed(closed):
    with clock.moved_to(clock.now() + timedelta(days=360)):
        assert forget_personal_data() == 0


def test_a_year_after_the_panel_what_was_promised_is_gone_and_the_record_stays(closed):
    _panel, member, dismissed, confirmed = closed

    with clock.moved_to(clock.now() + timedelta(days=370)):
        assert forget_personal_data() > 0
        assert forget_personal_data() == 0

    member.refresh_from_db()
    assert (member.employer, member.expertise) == ("", [])
    said = dict(Declaration.objects.filter(member=member).values_list("entry_id", "text"))
    assert (said[dismissed.pk], said[confirmed.pk]) == ("", "Søsken.")
    found = dict(Conflict.objects.filter(member=member).values_list("entry_id", "detail"))
    assert (found[dismissed.pk], found[confirmed.pk]) == ("", "Søsken.")
    assert not Score.objects.exclude(note="").exists()
    assert Score.objects.filter(member=member, entry=dismissed, value__isnull=False).exists()
    assert list(Tap.objects.values_list("value", flat=True)) == [4]


def test_an_open_panel_keeps_what_it_works_with(closed):
    panel, member, _dismissed, _confirmed = closed
    Panel.objects.filter(pk=panel.pk).update(state=PanelState.DISCUSSING)

    with clock.moved_to(clock.now() + timedelta(days=3700)):
        assert forget_personal_data() == 0

    member.refresh_from_db()
    assert member.employer == "Universitetet"


def test_what_goes_never_stood_in_the_protocol(closed, adviser):
    """A signed protocol is never edited: so what has an end must not be in it."""
    panel, _member, _dismissed, _confirmed = closed
    panel.refresh_from_db()

    words = str(content_of(panel, edition=1, signed_by=adviser, signed_at=clock.now()))

    assert "Til meg selv." not in words
    assert "Naboer en gang." not in words
    assert "velferd" not in words
    assert "Universitetet" not in words


def test_what_is_held_is_told_to_the_person_and_to_nobody_else(closed):
    _panel, member, dismissed, confirmed = closed

    held = held_about(member.user)

    assert [(row["employer"], row["expertise"]) for row in held["on"]] == [("Universitetet", ["velferd"])]
    assert {row["text"] for row in held["declared"]} == {"", "Naboer en gang.", "Søsken."}
    assert {row["entry"]: row["state"] for row in held["impartiality"]} == {
        dismissed.title: "dismissed",
        confirmed.title: "confirmed",
    }
    assert {row["note"] for row in held["scores"]} >= {"Til meg selv."}
    assert held["behind"] == [confirmed.title]
    assert not any(held_about(UserFactory()).values())


def test_a_deleted_account_leaves_the_record_without_a_person(closed, municipality):
    _panel, member, _dismissed, confirmed = closed

    member.user.delete()

    with scope(municipality=municipality.pk):
        member.refresh_from_db()
        assert member.user is None
        assert Party.objects.get(entry=confirmed).user is None
        assert Score.objects.filter(member=member).exists()
        assert Entry.objects.count() == 3
