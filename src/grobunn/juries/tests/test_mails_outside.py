"""Mails to a juror from outside: what is in each, and that nothing is in any of what they may not know.

The juror sees nothing of Grobunn but the panel, so these mails are what they learn first. Texts, other people's names
and whatever else is said of entries carry a word that must never be in a mail, whether the entry is theirs or not.
"""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from grobunn.accounts.tests.factories import UserFactory
from grobunn.juries.grounds import FoundBy, Ground
from grobunn.juries.models import Conflict, Entry, Member, Panel, Party, PartyKind, Score
from grobunn.juries.services.assessing import assess
from grobunn.juries.services.inviting import invite_member, take_onto_panel
from grobunn.juries.services.reminders import remind_of_scores
from grobunn.juries.services.steps import step
from grobunn.juries.tests.factories import declare_all, make_jury
from grobunn.juries.tests.scored import score_all
from grobunn.juries.tests.walking import SECRET
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Mail
from grobunn.notifications.states import MailState

pytestmark = pytest.mark.django_db

# The link by which one stops mails is signed with the second in which it was made.
_SIGNED = re.compile(r":\w{6}:[\w-]{43}(?=/)")
OUTSIDE = "juror@sintef.example"
BARRED, OPEN = "Bidrag 2", ("Bidrag 1", "Bidrag 3")


@pytest.fixture
def panel(municipality, adviser):
    """A panel whose entries are full of what nobody outside may learn; scores are due tomorrow evening."""
    due = clock.now() + timedelta(days=2)
    panel, _members, entries = make_jury(municipality, by=adviser, scores_due_at=due, purpose=f"{SECRET} formål")
    for entry in entries:
        Entry.objects.filter(pk=entry.pk).update(text=f"{SECRET} tekst", reasons=f"{SECRET} grunn")
        given = {"municipality_id": panel.municipality_id, "entry": entry}
        Party.objects.create(**given, kind=PartyKind.PARTNER, name=f"{SECRET} partner")
        Party.objects.create(**given, kind=PartyKind.TEAM, user=UserFactory(name=f"{SECRET} i laget"))
    return panel


@pytest.fixture
def juror(panel, municipality, adviser, inbox):
    """Somebody from outside who took up the invitation, and has had the first mails."""
    invite_member(panel, email=OUTSIDE, actor=adviser, employer=f"{SECRET} arbeidsgiver", part="member")
    user = UserFactory(email=OUTSIDE, language="nb")
    fields = {"employer": f"{SECRET} arbeidsgiver", "part": "member"}
    take_onto_panel(
        user=user, invited_by=adviser, municipality_id=municipality.pk, panel_id=str(panel.pk), fields=fields
    )
    inbox.new()
    return Member.objects.get(panel=panel, user=user)


class Inbox:
    """What comes to the juror: subject and body of each letter as one."""

    def __init__(self):
        self._seen = set()

    def new(self):
        """What has come since last asked."""
        run_jobs()
        sent = [letter for letter in mail.outbox if letter.to == [OUTSIDE]]
        mail.outbox.clear()
        told = Mail.objects.filter(recipient__email=OUTSIDE, state=MailState.SENT).exclude(pk__in=self._seen)
        rows = list(told.order_by("id"))
        self._seen |= {row.pk for row in rows}
        return [f"{each.subject}\n{each.body}" for each in sent] + [f"{row.subject}\n{row.text}" for row in rows]


@pytest.fixture
def inbox(panel, adviser):
    return Inbox()


def _at(panel, name):
    where = {"municipality": panel.municipality.slug, "reference": panel.reference}
    return reverse(f"juries:{name}", kwargs=where)


def _declared_and_barred(panel, juror, adviser):
    """Declarations are asked for and given; the panel decides that the juror stands aside from one entry."""
    step(panel, "open_declarations", actor=adviser)
    declare_all(*Member.objects.filter(panel=panel))
    entry = Entry.objects.get(panel=panel, title=BARRED)
    conflict = Conflict.objects.create(
        municipality_id=panel.municipality_id,
        member=juror,
        entry=entry,
        found_by=FoundBy.DECLARED,
        ground=Ground.PARTNER,
        detail=f"{SECRET} ektefelle",
    )
    chair = Member.objects.get(panel=panel, part="chair").user
    assess(conflict, is_confirmed=True, reason=f"{SECRET} begrunnelse", taken_by=[], actor=chair)
    return entry


def _unsaid(letters, *titles):
    return not any(word in letter for letter in letters for word in (SECRET, *titles))


def test_invitation_says_who_asks_and_where_to_answer_and_nothing_of_the_entries(panel, adviser, inbox):
    invite_member(panel, email=OUTSIDE, actor=adviser, employer=f"{SECRET} arbeidsgiver", part="member")

    (letter,) = inbox.new()

    assert adviser.name in letter
    assert panel.municipality.name in letter
    assert "/invitasjon" in letter
    assert _unsaid([letter], BARRED, *OPEN)


def test_being_asked_to_declare_names_the_panel_and_no_entry(panel, juror, adviser, inbox):
    step(panel, "open_declarations", actor=adviser)

    (letter,) = inbox.new()

    assert panel.name in letter
    assert _at(panel, "declare") in letter
    assert _unsaid([letter], BARRED, *OPEN)


def test_being_disqualified_names_the_entry_and_neither_ground_nor_reason(panel, juror, adviser, inbox):
    _declared_and_barred(panel, juror, adviser)

    letters = inbox.new()

    told = [letter for letter in letters if BARRED in letter]
    assert len(told) == 1
    assert _at(panel, "panel") in told[0]
    assert _unsaid(letters, *OPEN)
    assert "ektefelle" not in told[0].lower()


def test_reminder_counts_only_what_is_theirs_and_tells_nothing_of_what_others_gave(panel, juror, adviser, inbox):
    entry = _declared_and_barred(panel, juror, adviser)
    step(panel, "open_scoring", actor=adviser)
    others = Member.objects.filter(panel=panel).exclude(pk=juror.pk)
    score_all(panel, others, [entry], value=5)
    Score.objects.update(note=f"{SECRET} notat")
    inbox.new()

    with clock.moved_by(hours=30):
        remind_of_scores()
        (before,) = inbox.new()
    with clock.moved_by(hours=50):
        remind_of_scores()
        (late,) = inbox.new()

    assert "2 bidrag" in before
    assert "2 bidrag" in late
    assert _at(panel, "scoring") in late
    assert _unsaid([before, late], BARRED, *OPEN)


def test_reminder_is_the_same_whatever_becomes_of_the_entry_that_is_not_theirs(panel, juror, adviser, inbox):
    """Scored by everybody or by nobody, changed or withdrawn: the juror's mail is the same, letter for letter."""
    entry = _declared_and_barred(panel, juror, adviser)
    step(panel, "open_scoring", actor=adviser)
    inbox.new()
    due = Panel.objects.get(pk=panel.pk).scores_due_at

    def reminded(moved_by):
        Panel.objects.filter(pk=panel.pk).update(scores_due_at=due + moved_by)
        with clock.moved_by(hours=36):
            remind_of_scores()
            (letter,) = inbox.new()
        return _SIGNED.sub("", letter)

    once = reminded(timedelta())
    others = Member.objects.filter(panel=panel).exclude(pk=juror.pk)
    score_all(panel, others, [entry], value=5)
    Entry.objects.filter(pk=entry.pk).update(text=f"{SECRET} ny", feedback=SECRET, outcome="yes")
    again = reminded(timedelta(minutes=5))

    assert again == once


def test_day_that_is_moved_is_reminded_of_anew_and_once(panel, juror, adviser, inbox):
    _declared_and_barred(panel, juror, adviser)
    step(panel, "open_scoring", actor=adviser)
    inbox.new()

    with clock.moved_by(hours=30):
        remind_of_scores()
        first = inbox.new()
        Panel.objects.filter(pk=panel.pk).update(scores_due_at=clock.now() + timedelta(days=5))
        remind_of_scores()
        too_early = inbox.new()
    with clock.moved_by(days=6):
        remind_of_scores()
        remind_of_scores()
        moved = inbox.new()

    assert [len(first), len(too_early), len(moved)] == [1, 0, 1]
    assert _unsaid([*first, *moved], BARRED, *OPEN)
