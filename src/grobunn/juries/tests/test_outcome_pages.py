"""The pages of what comes out: results, decision, feedback, protocol; what they show whom."""

import json
from datetime import date

import pytest
from django.core.cache import caches
from django.urls import reverse

from grobunn.accounts.tests.factories import UserFactory
from grobunn.juries.guards import NotReady
from grobunn.juries.models import Comparison, Criterion, Entry, Panel, Protocol, Score
from grobunn.juries.queries.decisions import decisions_of
from grobunn.juries.queries.results import results_of
from grobunn.juries.services.deciding import decide
from grobunn.juries.services.protocols import digest_of
from grobunn.juries.services.steps import step
from grobunn.juries.states import PanelState
from grobunn.juries.tests.factories import bar, declare_all, make_jury
from grobunn.juries.tests.scored import released_jury
from grobunn.juries.views.deciding import PAGE_SIZE
from grobunn.kernel import clock

pytestmark = pytest.mark.django_db


def _url(name, panel, **more):
    return reverse(f"juries:{name}", kwargs={"municipality": "trondheim", "reference": panel.reference, **more})


def _text(response):
    return response.content.decode()


def _signed(municipality, adviser, **fields):
    panel, members, entries = released_jury(municipality, by=adviser, **fields)
    chair = members[0].user
    raw = {"ranking": "raw"}
    step(panel, "confirm_ranking", actor=chair, reason="Alle ga poeng til alle.", inputs=raw, changes=raw)
    for entry in entries:
        decide(entry, outcome="yes", reasons=f"Behovet i {entry.title} er tydelig.", actor=adviser)
    return panel, members, entries


@pytest.mark.parametrize("page", ["results", "decisions", "protocol"])
def test_nothing_comes_out_before_release_or_to_outsiders(client, municipality, adviser, page):
    panel, members, entries = make_jury(municipality, by=adviser)

    client.force_login(members[1].user)
    assert entries[0].title not in _text(client.get(_url(page, panel)))

    client.force_login(UserFactory())
    assert client.get(_url(page, panel)).status_code == 404


def test_panel_that_released_without_a_score_decides_and_signs_all_the_same(client, municipality, adviser):
    panel, members, entries = make_jury(municipality, by=adviser)
    step(panel, "open_declarations", actor=adviser)
    declare_all(*members)
    step(panel, "open_scoring", actor=adviser)
    chair = members[0].user
    step(panel, "release", actor=chair)
    client.force_login(chair)

    shown = client.get(_url("results", panel), headers={"accept-language": "en"})
    file = b"".join(client.get(_url("results", panel), {"format": "csv"})).decode()
    one = client.get(_url("entry_results", panel, entry_id=entries[0].pk))
    raw = {"ranking": "raw"}
    step(panel, "confirm_ranking", actor=chair, reason="Vi drøftet oss fram.", inputs=raw, changes=raw)
    for entry in Entry.objects.filter(panel=panel).select_related("panel"):
        decide(entry, outcome="yes", reasons="Behovet er tydelig.", actor=adviser)
    step(panel, "sign", actor=chair)

    assert "Nobody has scored everything that counts of any entry yet." in _text(shown)
    assert entries[0].title in file
    assert one.status_code == 200
    assert {each["scored_by"] for each in Protocol.objects.get().content["results"]} == {0}


def test_results_show_both_orders_and_juror_effects_to_the_panel_only(client, municipality, adviser):
    panel, members, entries = released_jury(municipality, by=adviser, values={1: (5, 5, 4)})

    client.force_login(members[1].user)
    page = client.get(_url("results", panel))
    assert page.context["effects"]
    assert entries[1].title in page.context["first"][0]
    assert page.context["chart"].table.rows[0][0].text == entries[1].title

    client.force_login(adviser)
    page = client.get(_url("results", panel))
    assert page.context["effects"] == []
    assert members[1].user.name not in _text(page)


def test_results_of_a_disqualified_member_are_without_the_entry(client, municipality, adviser):
    panel, members, entries = released_jury(municipality, by=adviser, values={1: (5, 5, 5)})
    bar(members[1], entries[1])
    client.force_login(members[1].user)

    page = client.get(_url("results", panel))

    assert entries[1].title not in _text(page)
    assert {row[1].text for row in page.context["chart"].table.rows} == {"1"}
    assert client.get(_url("entry_results", panel, entry_id=entries[1].pk)).status_code == 403
    file = client.get(_url("results", panel), {"format": "csv"})
    assert entries[1].title not in b"".join(file.streaming_content).decode()
    decisions = client.get(_url("decisions", panel))
    assert [row.entry for row in decisions.context["decisions"].rows] == [entries[0], entries[2]]


def test_results_follow_a_score_that_changed(municipality, adviser):
    panel, members, entries = released_jury(municipality, by=adviser)
    before = results_of(panel, None)
    assert results_of(panel, None) is before

    need = Criterion.objects.filter(panel=panel).first()
    Score.objects.filter(member=members[1], entry=entries[0], criterion=need).delete()

    assert results_of(panel, None).counts[0] == before.counts[0] - 1


@pytest.mark.parametrize("count", [1, 3])
def test_results_cost_the_same_for_few_and_many(client, municipality, adviser, django_assert_max_num_queries, count):
    panel, members, _entries = released_jury(municipality, by=adviser, entries=count)
    client.force_login(members[1].user)
    client.get(_url("results", panel))

    with django_assert_max_num_queries(21):
        client.get(_url("results", panel))


def test_entry_shows_what_everybody_gave_and_wrote(client, municipality, adviser):
    panel, members, entries = released_jury(municipality, by=adviser)
    need = Criterion.objects.filter(panel=panel).first()
    Score.objects.filter(member=members[2], entry=entries[0], criterion=need).update(note="Hun kjenner brukerne.")
    client.force_login(members[1].user)

    page = client.get(_url("entry_results", panel, entry_id=entries[0].pk))

    assert "Hun kjenner brukerne." in _text(page)
    assert page.context["mean"] == "3,00"
    assert len(page.context["jurors"]) == 3


def test_decision_is_drafted_saved_and_saved_by_itself(client, municipality, adviser):
    panel, members, entries = released_jury(municipality, by=adviser, values={0: (5, 3, 2)})
    client.force_login(members[0].user)
    where = _url("decide", panel, entry_id=entries[0].pk)

    page = client.get(where)
    assert page.context["is_draft"]
    assert page.context["form"].initial["reasons"]

    by_itself = {"Accept": "application/json"}
    quiet = client.post(where, {"revision": 1, "outcome": "yes", "reasons": "Tydelig."}, headers=by_itself)
    assert quiet.json()["revision"] == 2
    stale = {"revision": 1, "outcome": "no", "reasons": "Utydelig."}
    assert client.post(where, stale, headers=by_itself).status_code == 409

    beside = client.post(where, stale)
    assert beside.status_code == 422
    assert beside.context["theirs"].reasons == "Tydelig."
    assert client.post(where, {**stale, "revision": 2}).status_code == 302
    entries[0].refresh_from_db()
    assert (entries[0].outcome, entries[0].reasons) == ("no", "Utydelig.")


def test_member_who_only_scores_writes_no_decision(client, municipality, adviser):
    panel, members, entries = released_jury(municipality, by=adviser)
    client.force_login(members[1].user)

    answer = client.post(_url("decide", panel, entry_id=entries[0].pk), {"revision": 1, "outcome": "yes"})

    assert answer.status_code == 403
    entries[0].refresh_from_db()
    assert entries[0].outcome == ""


def test_sign_feedback_and_protocol_by_the_pages(client, municipality, adviser):
    panel, members, entries = _signed(municipality, adviser, meets_on=date(2027, 3, 4))
    client.force_login(members[0].user)
    panel.refresh_from_db()
    assert client.post(_url("step", panel, edge="sign"), {"version": panel.version}).status_code == 302

    told = client.post(
        _url("feedback", panel, entry_id=entries[0].pk), {"revision": 2, "feedback": "Takk.", "send": "1"}
    )
    assert told.status_code == 302
    entries[0].refresh_from_db()
    assert entries[0].feedback_at is not None

    page = client.get(_url("protocol", panel))
    protocol = Protocol.objects.get(panel=panel)
    assert protocol.digest in _text(page)
    assert "Alle ga poeng til alle." in _text(page)
    assert "4. mars 2027" in _text(page)
    members_of_it = page.context["parts"][0]
    assert len(members_of_it.head) == 2, "Nobody has a title or has left: there is no column for either."
    assert all(len(row) == 2 for row in members_of_it.rows)
    file = client.get(_url("protocol_edition", panel, edition=1), {"format": "json"})
    assert digest_of(json.loads(file.content)) == protocol.digest
    paper = client.get(_url("protocol_edition", panel, edition=1), {"format": "pdf"})
    assert paper.content.startswith(b"%PDF")
    assert client.get(_url("protocol_edition", panel, edition=2)).status_code == 404


def test_disqualified_member_reads_an_excerpt(client, municipality, adviser):
    panel, members, entries = _signed(municipality, adviser)
    bar(members[1], entries[0])
    step(Panel.objects.get(pk=panel.pk), "sign", actor=members[0].user)
    client.force_login(members[1].user)

    page = client.get(_url("protocol", panel))
    file = client.get(_url("protocol_edition", panel, edition=1), {"format": "json"})

    assert page.context["is_excerpt"]
    for shown in (_text(page), file.content.decode()):
        assert entries[0].title not in shown
        assert entries[1].title in shown


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["process"].clear()


@pytest.mark.parametrize(("is_pairwise", "offered"), [(False, ["raw", "adjusted"]), (True, ["pairwise"])])
def test_only_the_orders_that_can_be_made_are_offered_and_taken(client, municipality, adviser, is_pairwise, offered):
    panel, members, _entries = released_jury(municipality, by=adviser)
    Panel.objects.filter(pk=panel.pk).update(is_pairwise=is_pairwise)
    client.force_login(members[0].user)
    where = _url("step", panel, edge="confirm_ranking")
    other = "raw" if is_pairwise else "pairwise"

    form = client.get(where).context["form"]
    refused = client.post(where, {"ranking": other, "reason": "Fordi."})

    assert [value for value, _label in form.fields["ranking"].choices] == offered
    assert refused.status_code == 422
    panel.refresh_from_db()
    with pytest.raises(NotReady):
        step(panel, "confirm_ranking", actor=members[0].user, reason="Fordi.", inputs={"ranking": other})
    assert Panel.objects.get(pk=panel.pk).ranking == ""


def test_decisions_of_many_come_in_pages_and_those_that_are_left_by_themselves(client, municipality, adviser):
    panel, _members, entries = released_jury(municipality, by=adviser, entries=PAGE_SIZE + 2)
    decide(entries[0], outcome="yes", reasons="Ja.", actor=adviser)
    Entry.objects.filter(pk=entries[0].pk).update(feedback_at=clock.now())
    client.force_login(adviser)

    first, second = (client.get(_url("decisions", panel), {"side": side}).context["rows"] for side in (1, 2))
    left = client.get(_url("decisions", panel), {"vis": "gjenstar"}).context["rows"]

    assert (len(first), len(second)) == (PAGE_SIZE, 2)
    assert entries[0] not in [row.entry for row in left]
    assert left.paginator.count == PAGE_SIZE + 1


def test_decisions_of_comparisons_stand_in_their_order(municipality, adviser):
    panel, members, entries = make_jury(municipality, by=adviser, is_pairwise=True)
    declare_all(*members)
    Panel.objects.filter(pk=panel.pk).update(state=PanelState.DISCUSSING)
    panel.refresh_from_db()
    for member in members:
        for better, worse in ((2, 0), (2, 1), (1, 0)):
            Comparison.objects.create(
                municipality=municipality,
                panel=panel,
                member=member,
                left=entries[better],
                right=entries[worse],
                better=entries[better],
            )

    rows = decisions_of(panel, adviser).rows

    assert [row.entry for row in rows] == [entries[2], entries[1], entries[0]]


def test_when_scores_are_due_is_said_on_the_page_of_the_panel(client, municipality, adviser):
    panel, _members, _entries = make_jury(municipality, by=adviser)
    client.force_login(adviser)

    client.post(_url("facts", panel), {"name": "Panelet", "peek": "release", "scores_due_at": "2026-12-01T12:00"})

    assert Panel.objects.get().scores_due_at.isoformat() == "2026-12-01T11:00:00+00:00"
    assert "1. desember" in _text(client.get(_url("panel", panel)))
