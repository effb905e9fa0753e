"""Deciding over the API, and telling entrants: once each, on what was read, by those who take part."""

import pytest

from grobunn.accounts.tests.factories import UserFactory
from grobunn.juries.models import Entry
from grobunn.juries.services.steps import step
from grobunn.juries.tests.factories import bar
from grobunn.juries.tests.scored import released_jury

pytestmark = pytest.mark.django_db

RAW = {"ranking": "raw"}


@pytest.fixture
def jury(municipality, adviser):
    return released_jury(municipality, by=adviser)


def _path(panel, entry, what="decision"):
    return f"panels/{panel.pk}/entries/{entry.pk}/{what}"


def test_an_outcome_is_written_once_and_kept_apart_from_its_reasons(ask, jury):
    panel, members, entries = jury
    chair = members[0].user
    sent = {"outcome": "yes", "reasons": "Tydelig behov."}

    first = ask("post", _path(panel, entries[0]), sent, by=chair).json()
    again = ask("post", _path(panel, entries[0]), sent, by=chair).json()
    other = ask("post", _path(panel, entries[0]), {"outcome": "no"}, by=chair).json()

    assert (first["outcome"], first["reasons"]) == ("yes", "Tydelig behov.")
    assert again == first
    assert (other["outcome"], other["reasons"], other["version"]) == ("no", "Tydelig behov.", first["version"] + 1)


def test_a_decision_on_what_has_changed_is_a_conflict(ask, jury):
    panel, members, entries = jury
    chair, version = members[0].user, entries[0].version
    ask("post", _path(panel, entries[0]), {"outcome": "yes", "reasons": "Ja.", "version": version}, by=chair)

    late = ask("post", _path(panel, entries[0]), {"outcome": "no", "version": version}, by=chair)

    assert (late.status_code, late.json()["type"].split("#")[1]) == (409, "conflict")
    assert Entry.objects.get(pk=entries[0].pk).outcome == "yes"


def test_an_outcome_that_the_occasion_has_not_is_refused(ask, jury):
    panel, members, entries = jury

    answer = ask("post", _path(panel, entries[0]), {"outcome": "kanskje"}, by=members[0].user)

    assert answer.status_code in (409, 422)
    assert Entry.objects.get(pk=entries[0].pk).outcome == ""


def test_feedback_is_kept_and_sent_once_the_decision_is_signed(ask, jury, adviser):
    panel, members, entries = jury
    chair = members[0].user
    path = _path(panel, entries[0], "feedback")
    kept = ask("post", path, {"feedback": "Takk for bidraget."}, by=chair).json()
    early = ask("post", path, {"feedback": "Takk for bidraget.", "send": True}, by=chair)
    for entry in entries:
        ask("post", _path(panel, entry), {"outcome": "no", "reasons": "For tidlig."}, by=chair)
    panel.refresh_from_db()
    step(panel, "confirm_ranking", actor=chair, reason="Alle ga poeng.", inputs=RAW, changes=RAW)
    step(panel, "sign", actor=chair)

    sent = [ask("post", path, {"feedback": "Takk for bidraget.", "send": True}, by=chair).json() for _twice in range(2)]

    assert (kept["feedback"], kept["feedback_at"], early.status_code) == ("Takk for bidraget.", None, 409)
    assert sent[0]["feedback_at"] == sent[1]["feedback_at"] is not None


def test_who_takes_no_part_decides_and_tells_nothing(ask, jury):
    panel, members, entries = jury
    bar(members[0], entries[0])
    sent = {"outcome": "yes", "reasons": "Ja."}

    for person, status in ((members[0].user, 403), (UserFactory(), 404), (None, 401)):
        assert ask("post", _path(panel, entries[0]), sent, by=person).status_code == status
        told = ask("post", _path(panel, entries[0], "feedback"), {"feedback": "Hei."}, by=person)
        assert told.status_code == status
    reads = frozenset({"juries:read"})
    assert ask("post", _path(panel, entries[1]), sent, by=members[0].user, scopes=reads).status_code == 403
    assert list(Entry.objects.order_by().values_list("outcome", "feedback").distinct()) == [("", "")]
