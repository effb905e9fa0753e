"""Who hears what is said of an entry: those who may open it and have to do with it, and nobody else."""

import pytest
from django_scopes import scopes_disabled

from grobunn.accounts.tests.factories import UserFactory
from grobunn.discussion.registry import attachable_of
from grobunn.discussion.services.comments import add_comment, remove_comment
from grobunn.discussion.services.follow import make_follower
from grobunn.juries.events import StandingChanged
from grobunn.juries.models import Party, PartyKind
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.services.composing import add_member
from grobunn.juries.services.steps import step
from grobunn.juries.tests.factories import bar, declare_all, make_jury
from grobunn.juries.tests.walking import SECRET
from grobunn.kernel import events
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Notice, Preference

pytestmark = pytest.mark.django_db


@pytest.fixture
def jury(municipality, adviser):
    """A chair and four members, all of whom have declared; whoever is behind the first entry is on its team."""
    panel, members, entries = make_jury(municipality, by=adviser, members=5)
    step(panel, "open_declarations", actor=adviser)
    declare_all(*members)
    run_jobs()
    return members, entries[0]


def say(entry, actor):
    comment = add_comment(entry, attachable=attachable_of("entry"), text=f"{SECRET} sagt", actor=actor)
    run_jobs()
    return comment


def told():
    with scopes_disabled():
        return list(Notice.objects.filter(kind="juries.commented", retracted_at=None).order_by("pk"))


def hearers():
    return sorted(notice.recipient_id for notice in told())


def test_chair_those_who_spoke_and_those_who_follow_hear_it_and_the_writer_does_not(jury):
    (chair, first, second, follower, _silent), entry = jury
    make_follower("entry", entry, user_id=follower.user_id)

    say(entry, first.user)
    assert hearers() == sorted([chair.user_id, follower.user_id])
    say(entry, second.user)

    assert hearers() == sorted([*[chair.user_id, follower.user_id] * 2, first.user_id])
    assert all(SECRET not in str(notice.data) for notice in told())
    assert told()[0].data == {"entry": entry.title, "panel": entry.panel.name}


def test_team_behind_the_entry_and_whoever_is_not_on_the_panel_hear_nothing(jury):
    (chair, first, *_others), entry = jury
    for kind in (PartyKind.LEADER, PartyKind.OWNER, PartyKind.TEAM):
        party = UserFactory()
        Party.objects.create(municipality_id=entry.municipality_id, entry=entry, kind=kind, user=party)
    make_follower("entry", entry, user_id=UserFactory().pk)

    say(entry, first.user)

    assert hearers() == [chair.user_id]


def test_member_behind_an_entry_who_was_found_impartial_hears_it(jury):
    (chair, first, behind, *_others), entry = jury
    Party.objects.create(municipality_id=entry.municipality_id, entry=entry, kind=PartyKind.PARTNER, user=behind.user)
    bar(behind, entry, ConflictState.DISMISSED)

    say(entry, first.user)

    assert hearers() == sorted([chair.user_id, behind.user_id])


@pytest.mark.parametrize("state", [ConflictState.OPEN, ConflictState.CONFIRMED])
def test_barred_chair_and_barred_speaker_hear_nothing(jury, state):
    (chair, first, barred, *_others), entry = jury
    say(entry, barred.user)
    Notice.objects.filter(kind="juries.commented").delete()
    bar(barred, entry, state)
    bar(chair, entry, state)

    say(entry, first.user)

    assert hearers() == []


def test_member_who_has_not_declared_hears_nothing(jury, adviser):
    (chair, first, *_others), entry = jury
    late = add_member(entry.panel, UserFactory(), actor=adviser)
    make_follower("entry", entry, user_id=late.user_id)

    say(entry, first.user)

    assert hearers() == [chair.user_id]


def test_whoever_is_barred_before_the_daily_mail_loses_what_was_told(jury):
    (_chair, first, follower, *_others), entry = jury
    make_follower("entry", entry, user_id=follower.user_id)
    Preference.objects.create(user=follower.user, kind="juries.commented", delivery="daily")
    say(entry, first.user)
    assert follower.user_id in hearers()

    bar(follower, entry, ConflictState.OPEN)
    changed = {"panel_id": entry.panel_id, "municipality_id": entry.municipality_id, "member_id": follower.pk}
    events.publish(StandingChanged(**changed))
    run_jobs()

    assert follower.user_id not in hearers()


def test_comment_that_is_gone_before_anybody_was_told_is_told_to_nobody(jury):
    (_chair, first, *_others), entry = jury
    comment = add_comment(entry, attachable=attachable_of("entry"), text="Sagt", actor=first.user)
    remove_comment(comment, actor=first.user)

    run_jobs()

    assert told() == []
