"""Whoever is disqualified, or being assessed, learns nothing: every page, file and API path is walked.

Each address is read twice. In between, everything about the entry but its title is changed: text, scores, notes,
reasons, what was found. What the reader sees must be the same, so that no count, rank or figure tells either. The walk
goes over the addresses themselves, so pages that are added later are walked too.
"""

import json

import pytest
from django.db import transaction

from grobunn.discussion.models import Comment
from grobunn.discussion.registry import attachable_of
from grobunn.discussion.services.comments import add_comment
from grobunn.discussion.services.follow import make_follower
from grobunn.juries.events import StandingChanged
from grobunn.juries.handlers import impartiality
from grobunn.juries.models import Conflict, Criterion, Entry, Party, PartyKind, Protocol, Score, Tap
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.services.deciding import decide
from grobunn.juries.services.steps import step
from grobunn.juries.tests.api.conftest import ask  # noqa: F401 -- a fixture
from grobunn.juries.tests.factories import bar, declare_all, make_jury
from grobunn.juries.tests.scored import score_all
from grobunn.juries.tests.walking import SECRET, differences, known_of, walk
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Mail, Notice

pytestmark = pytest.mark.django_db


def fill(entry, members, criteria, *, value, words):
    """Everything about an entry that is not its title, as the panel made it."""
    Entry.objects.filter(pk=entry.pk).update(
        text=words, reasons=words, feedback=words, outcome="yes" if value > 3 else "no"
    )
    Score.objects.filter(entry=entry, member__in=members).update(value=value, note=words)
    for member in members:
        Tap.objects.create(
            municipality_id=entry.municipality_id,
            member=member,
            entry=entry,
            criterion=criteria[0],
            value=value,
            tapped_at=clock.now(),
        )
    Party.objects.filter(entry=entry).delete()
    Party.objects.create(municipality_id=entry.municipality_id, entry=entry, kind=PartyKind.PARTNER, name=words)
    Conflict.objects.filter(entry=entry).update(detail=words)
    Conflict.objects.filter(entry=entry).exclude(state=ConflictState.OPEN).update(reason=words)
    Comment.objects.create(
        municipality_id=entry.municipality_id, kind="entry", subject_id=entry.pk, author=members[0].user, text=words
    )


def _scored(municipality, adviser, *, state):
    """A panel that has scored all entries, with a member who takes no part in one of them."""
    panel, members, entries = make_jury(municipality, by=adviser, members=4, entries=4, peek="own_in")
    entry, barred = entries[1], members[2]
    step(panel, "open_declarations", actor=adviser)
    declare_all(*members)
    bar(barred, entry, state=state)
    step(panel, "open_scoring", actor=adviser)
    score_all(panel, members, [each for each in entries if each != entry], value=3)
    others = [member for member in members if member != barred]
    score_all(panel, others, [entry], value=3)
    return panel, members, entries, entry, barred


@pytest.mark.parametrize("state", [ConflictState.CONFIRMED, ConflictState.OPEN])
@pytest.mark.parametrize("until", ["open_scoring", "release"])
def test_nothing_of_the_entry_is_learned(client, ask, municipality, adviser, state, until):  # noqa: F811
    panel, members, _entries, entry, barred = _scored(municipality, adviser, state=state)
    others = [member for member in members if member != barred]
    criteria = list(Criterion.objects.filter(panel=panel))
    known = known_of(panel, entry, barred)
    if until == "release":
        step(panel, "release", actor=members[0].user)

    fill(entry, others, criteria, value=1, words=f"{SECRET} en")
    once = walk(client, ask, barred.user, known)
    fill(entry, others, criteria, value=5, words=f"{SECRET} to og mer")
    again = walk(client, ask, barred.user, known)

    leaks = [address for address, (_status, words) in again.items() if f"{SECRET} " in words]
    assert leaks == []
    assert differences(once, again) == {}
    assert len(once) > 100
    assert any(status == 200 for status, _words in once.values())
    event = StandingChanged(panel_id=panel.pk, municipality_id=panel.municipality_id, member_id=barred.pk)
    for tell in (impartiality.tell_what_was_decided, impartiality.ask_to_assess, impartiality.ask_latecomer):
        tell(event)
    notices = Notice.objects.filter(recipient=barred.user)
    assert not any(SECRET in json.dumps(notice.data) for notice in notices)


def test_nothing_of_the_entry_is_learned_from_the_signed_protocol(
    client,
    ask,  # noqa: F811
    municipality,
    adviser,
):
    """The protocol, its JSON and its PDF: signed twice, with everything about the entry different."""
    panel, members, entries, entry, barred = _scored(municipality, adviser, state=ConflictState.CONFIRMED)
    others = [member for member in members if member != barred]
    criteria = list(Criterion.objects.filter(panel=panel))
    step(panel, "release", actor=members[0].user)
    known = known_of(panel, entry, barred)

    def signed(value, words):
        point = transaction.savepoint()
        fill(entry, others, criteria, value=value, words=words)
        raw = {"ranking": "raw"}
        step(panel, "confirm_ranking", actor=members[0].user, reason="Alle ga poeng.", inputs=raw, changes=raw)
        for each in entries:
            each.refresh_from_db()
            each.panel = panel
            outcome = "yes" if each == entry and value > 3 else "no"
            decide(each, outcome=outcome, reasons=words if each == entry else "Tydelig behov.", actor=adviser)
        step(panel, "sign", actor=members[0].user)
        assert SECRET in json.dumps(Protocol.objects.get().content)
        seen = walk(client, ask, barred.user, known)
        transaction.savepoint_rollback(point)
        panel.refresh_from_db()
        return seen

    with clock.moved_to(clock.now()):
        once, again = signed(1, f"{SECRET} en"), signed(5, f"{SECRET} to og mer")

    assert [address for address, (_status, words) in again.items() if f"{SECRET} " in words] == []
    assert differences(once, again) == {}
    papers = [words for address, (status, words) in again.items() if "format=pdf" in address and status == 200]
    assert any(entries[0].title in words for words in papers)
    assert not any(entry.title in words for words in papers)


def test_whoever_followed_the_talk_before_hears_no_more_of_it(municipality, adviser):
    """A member who followed an entry's talk and is disqualified afterwards gets neither notice nor mail."""
    panel, members, entries = make_jury(municipality, by=adviser)
    step(panel, "open_declarations", actor=adviser)
    declare_all(*members)
    barred, entry = members[2], entries[0]
    make_follower("entry", entry, user_id=barred.user_id)
    bar(barred, entry)

    def heard():
        run_jobs()
        told = [json.dumps(notice.data) for notice in Notice.objects.filter(recipient=barred.user)]
        return [*told, *(f"{letter.subject} {letter.text}" for letter in Mail.objects.filter(recipient=barred.user))]

    before = heard()
    add_comment(entry, attachable=attachable_of("entry"), text=f"{SECRET} sagt", actor=members[0].user)

    assert heard() == before
    assert not any(SECRET in words or str(entry.pk) in words for words in before)


def test_the_walk_finds_what_an_impartial_member_sees(client, ask, municipality, adviser):  # noqa: F811
    panel, members, entries = make_jury(municipality, by=adviser)
    step(panel, "open_declarations", actor=adviser)
    declare_all(*members)
    Entry.objects.filter(pk=entries[0].pk).update(text=f"{SECRET} tekst")

    seen = walk(client, ask, members[1].user, known_of(panel, entries[0], members[1]))

    assert [address for address, (_status, words) in seen.items() if f"{SECRET} " in words]
