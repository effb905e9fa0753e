"""What is decided of entries, what entrants are told, and the protocol that is written when it is signed."""

import json

import pytest
from django.core.exceptions import PermissionDenied

from grobunn.juries.drafts import draft_feedback, draft_reasons
from grobunn.juries.grounds import FoundBy, Ground
from grobunn.juries.guards import NotReady
from grobunn.juries.models import Conflict, Criterion, Declaration, Panel, Protocol, Score, Tap
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.protocols.excerpt import excerpt, hidden_from
from grobunn.juries.queries.results import results_of
from grobunn.juries.services.composing import CompositionClosed
from grobunn.juries.services.deciding import (
    NothingWritten,
    UnknownOutcome,
    WrittenMeanwhile,
    decide,
    send_feedback,
    write_feedback,
)
from grobunn.juries.services.protocols import digest_of
from grobunn.juries.services.steps import step
from grobunn.juries.states import PanelState
from grobunn.juries.tests.factories import bar, declare_all, make_jury
from grobunn.juries.tests.scored import released_jury, score_all
from grobunn.kernel import clock

pytestmark = pytest.mark.django_db


def _decided(panel, entries, chair):
    raw = {"ranking": "raw"}
    step(panel, "confirm_ranking", actor=chair, reason="Alle har gitt poeng til alle.", inputs=raw, changes=raw)
    for entry in entries:
        decide(entry, outcome="yes", reasons="Behovet er tydelig.", actor=chair)
    return panel


def test_decision_is_written_once_and_compared(municipality, adviser):
    _panel, members, entries = released_jury(municipality, by=adviser)
    chair = members[0].user

    now = decide(entries[0], outcome="yes", reasons="Behovet er tydelig.", actor=chair, version=1)
    again = decide(entries[0], outcome="yes", reasons="Behovet er tydelig.", actor=chair, version=1)

    assert (now.outcome, now.version, now.decided_by) == ("yes", 2, chair)
    assert again.version == 2
    with pytest.raises(WrittenMeanwhile) as refused:
        decide(entries[0], outcome="no", reasons="Ingen er spurt.", actor=adviser, version=1)
    assert refused.value.entry.reasons == "Behovet er tydelig."
    with pytest.raises(UnknownOutcome):
        decide(entries[0], outcome="perhaps", actor=chair)


def test_who_only_scores_decides_nothing(municipality, adviser):
    _panel, members, entries = released_jury(municipality, by=adviser)

    with pytest.raises(PermissionDenied):
        decide(entries[0], outcome="yes", actor=members[1].user)

    entries[0].refresh_from_db()
    assert entries[0].outcome == ""


def test_disqualified_chair_does_not_decide_about_the_entry(municipality, adviser):
    _panel, members, entries = released_jury(municipality, by=adviser)
    bar(members[0], entries[0])

    with pytest.raises(PermissionDenied):
        decide(entries[0], outcome="yes", actor=members[0].user)

    assert decide(entries[0], outcome="no", reasons="Ingen er spurt.", actor=adviser).outcome == "no"


def test_nothing_is_decided_before_release(municipality, adviser):
    _panel, members, entries = make_jury(municipality, by=adviser)
    declare_all(*members)

    with pytest.raises(CompositionClosed):
        decide(entries[0], outcome="yes", actor=members[0].user)


def test_draft_says_strongest_and_weakest_in_words_and_names_nobody(municipality, adviser):
    panel, members, entries = released_jury(municipality, by=adviser, values={0: (5, 3, 2)})
    need = Criterion.objects.filter(panel=panel).first()
    Score.objects.filter(member=members[1], entry=entries[0], criterion=need).update(note="Hun kjenner brukerne.")
    bar(members[2], entries[0])
    Score.objects.filter(member=members[2], entry=entries[0], criterion=need).update(note="Min ektefelle er flink.")

    draft = draft_reasons(entries[0])

    first, *_middle, last = Criterion.objects.filter(panel=panel)
    assert f"{first.name}. {first.levels[4]['text']}." in draft
    assert f"{last.name}. {last.levels[1]['text']}." in draft
    assert "- Hun kjenner brukerne." in draft
    assert "ektefelle" not in draft
    assert not any(member.user.name in draft for member in members)


def test_decision_is_signed_when_every_entry_has_reasons(municipality, adviser):
    panel, members, entries = released_jury(municipality, by=adviser)
    chair = members[0].user
    with pytest.raises(NotReady):
        step(panel, "sign", actor=chair)
    assert not Protocol.objects.exists()

    _decided(panel, entries, chair)
    step(panel, "sign", actor=chair)

    protocol = Protocol.objects.get(panel=panel)
    assert panel.state == PanelState.DECIDED
    assert (protocol.edition, protocol.signed_by) == (1, chair)
    assert protocol.content["ranking"]["reason"] == "Alle har gitt poeng til alle."
    assert [entry["reasons"] for entry in protocol.content["entries"]] == ["Behovet er tydelig."] * 3


def test_digest_is_of_what_is_kept(municipality, adviser):
    panel, members, entries = released_jury(municipality, by=adviser)
    step(_decided(panel, entries, members[0].user), "sign", actor=members[0].user)

    protocol = Protocol.objects.get(panel=panel)

    assert protocol.digest == digest_of(protocol.content) == digest_of(json.loads(json.dumps(protocol.content)))


def test_decision_opened_again_gets_a_new_edition(municipality, adviser):
    panel, members, entries = released_jury(municipality, by=adviser)
    chair = members[0].user
    step(_decided(panel, entries, chair), "sign", actor=chair)

    step(panel, "reopen_decision", actor=chair, reason="Feil i en begrunnelse.")
    decide(entries[1], outcome="no", reasons="Ingen er spurt.", actor=chair)
    step(panel, "sign", actor=chair)

    editions = list(Protocol.objects.filter(panel=panel).order_by("edition"))
    assert [each.edition for each in editions] == [1, 2]
    assert [each.content["entries"][1]["outcome"] for each in editions] == ["yes", "no"]
    assert "Feil i en begrunnelse." in [each["reason"] for each in editions[1].content["steps"]]


def test_panel_closes_when_everybody_has_been_told(municipality, adviser):
    panel, members, entries = released_jury(municipality, by=adviser)
    chair = members[0].user
    with pytest.raises(CompositionClosed):
        send_feedback(entries[0], feedback="Takk.", actor=chair)
    step(_decided(panel, entries, chair), "sign", actor=chair)
    for entry in entries:
        entry.refresh_from_db()
        assert "Behovet er tydelig." in draft_feedback(entry)
        write_feedback(entry, feedback="Takk, dere kjenner brukerne.", actor=chair)
    with pytest.raises(NotReady):
        step(panel, "close", actor=adviser)

    with pytest.raises(NothingWritten):
        send_feedback(entries[0], feedback="  ", actor=chair)
    for entry in entries:
        send_feedback(entry, feedback="Takk, dere kjenner brukerne.", actor=chair)
    step(panel, "close", actor=adviser)

    assert panel.state == PanelState.CLOSED


def test_scenario_8_average_is_of_the_rest_and_the_protocol_says_why(municipality, adviser):
    """Two directors, three heads of sector and two experts score twelve; one of them leads a pitching team."""
    panel, members, entries = make_jury(municipality, by=adviser, members=7, entries=12)
    step(panel, "open_declarations", actor=adviser)
    declare_all(*members)
    Declaration.objects.filter(member=members[3], entry=entries[4]).update(ground=Ground.OFFICE, text="Leder teamet.")
    bar(members[3], entries[4], ground=Ground.OFFICE, found_by=FoundBy.TEAM, reason="Leder teamet.")
    step(panel, "open_scoring", actor=adviser)
    score_all(panel, [each for each in members if each != members[3]], entries, value=2)
    score_all(panel, [members[3]], entries, value=5)
    step(panel, "release", actor=members[0].user)
    panel.refresh_from_db()

    results = results_of(panel, None)

    assert list(results.counts) == [7] * 4 + [6] + [7] * 7
    assert results.raw.results[4] == pytest.approx(2)
    assert results.raw.results[0] == pytest.approx((6 * 2 + 5) / 7)
    # To the member concerned the entry does not exist: neither in the list nor in any place.
    own = results_of(panel, members[3])
    assert entries[4].pk not in own.rows
    assert len(own.entries) == 11
    assert set(own.raw.places) == {1}

    step(_decided(panel, entries, members[0].user), "sign", actor=members[0].user)
    content = Protocol.objects.get(panel=panel).content
    (conflict,) = content["conflicts"]
    assert (conflict["member"], conflict["entry"]) == (str(members[3].pk), str(entries[4].pk))
    assert (conflict["ground"], conflict["state"], conflict["reason"]) == ("e", "confirmed", "Leder teamet.")
    assert "forvaltningsloven" in content["legal"][conflict["legal_basis"]]["name"]
    line = next(each for each in content["results"] if each["entry"] == str(entries[4].pk))
    assert (line["scored_by"], line["mean"]) == (6, "2.0000")


def test_excerpt_tells_a_disqualified_member_nothing_until_the_panel_is_closed(municipality, adviser):
    panel, members, entries = released_jury(municipality, by=adviser)
    bar(members[1], entries[0])
    step(_decided(panel, entries, members[0].user), "sign", actor=members[0].user)
    content = Protocol.objects.get(panel=panel).content

    hidden = hidden_from(panel, members[1], content)
    left = excerpt(content, hidden)

    assert hidden == {str(entries[0].pk)}
    assert str(entries[0].pk) not in json.dumps(left)
    assert [each["mean_place"] for each in left["results"]] == [1, 1]
    assert hidden_from(panel, members[2], content) == set()
    assert hidden_from(panel, None, content) == frozenset()
    Panel.objects.filter(pk=panel.pk).update(state=PanelState.CLOSED)
    panel.refresh_from_db()
    assert hidden_from(panel, members[1], content) == frozenset()


def test_protocol_has_every_tap_and_no_note(municipality, adviser):
    panel, members, entries = released_jury(municipality, by=adviser)
    given = {"municipality": municipality, "member": members[1], "entry": entries[0]}
    need = Criterion.objects.filter(panel=panel).first()
    Tap.objects.create(**given, criterion=need, value=4, tapped_at=clock.now(), is_late=True)
    Tap.objects.create(**given, criterion=need, value=5, tapped_at=clock.now(), counts=False)
    Tap.objects.create(**given, note="Hemmelig.", tapped_at=clock.now())
    step(_decided(panel, entries, members[0].user), "sign", actor=members[0].user)

    content = Protocol.objects.get(panel=panel).content

    taps = [(tap["value"], tap["is_late"], tap["counts"], tap["is_note"]) for tap in content["taps"]]
    assert (4, True, True, False) in taps
    assert (5, False, False, False) in taps
    assert (None, False, True, True) in taps
    assert "Hemmelig" not in json.dumps(content)


def test_conflict_dismissed_leaves_its_text_out_of_the_protocol(municipality, adviser):
    panel, members, entries = released_jury(municipality, by=adviser)
    bar(members[1], entries[0], state=ConflictState.DISMISSED, detail="Er gift med naboen til teamets leder.")
    step(_decided(panel, entries, members[0].user), "sign", actor=members[0].user)

    (conflict,) = Protocol.objects.get(panel=panel).content["conflicts"]

    assert (conflict["state"], conflict["detail"]) == ("dismissed", "")
    assert Conflict.objects.get().detail
