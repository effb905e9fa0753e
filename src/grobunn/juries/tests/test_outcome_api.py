"""Results, decision and protocol over the API: to each caller what the pages show them."""

import pytest

from grobunn.accounts.tests.factories import UserFactory
from grobunn.juries.services.deciding import decide
from grobunn.juries.services.protocols import digest_of
from grobunn.juries.services.steps import step
from grobunn.juries.tests.factories import bar, make_jury
from grobunn.juries.tests.scored import released_jury

pytestmark = pytest.mark.django_db


def test_results_are_refused_before_release_and_to_outsiders(client, municipality, adviser):
    panel, members, _entries = make_jury(municipality, by=adviser)
    where = f"/api/v1/panels/{panel.pk}/results"

    client.force_login(members[1].user)
    assert client.get(where).status_code == 409
    client.force_login(UserFactory())
    assert client.get(where).status_code == 404


def test_results_leave_out_what_the_caller_takes_no_part_in(client, municipality, adviser):
    panel, members, entries = released_jury(municipality, by=adviser, values={1: (5, 5, 5)})
    bar(members[1], entries[1])

    client.force_login(members[2].user)
    told = client.get(f"/api/v1/panels/{panel.reference}/results").json()
    assert [(each["mean"], each["mean_place"]) for each in told["entries"]] == [(3.0, 2), (5.0, 1), (3.0, 2)]
    assert [each["scored_by"] for each in told["entries"]] == [3, 2, 3]

    client.force_login(members[1].user)
    told = client.get(f"/api/v1/panels/{panel.pk}/results").json()
    assert [(each["id"], each["mean_place"]) for each in told["entries"]] == [
        (str(entries[0].pk), 1),
        (str(entries[2].pk), 1),
    ]


def test_protocol_is_given_with_its_digest_or_as_an_excerpt(client, municipality, adviser):
    panel, members, entries = released_jury(municipality, by=adviser)
    bar(members[1], entries[0])
    raw = {"ranking": "raw"}
    step(panel, "confirm_ranking", actor=members[0].user, reason="Alle ga poeng.", inputs=raw, changes=raw)
    for entry in entries:
        decide(entry, outcome="yes", reasons="Tydelig behov.", actor=adviser)
    where = f"/api/v1/panels/{panel.pk}/protocol"
    client.force_login(members[0].user)
    assert client.get(where).status_code == 404

    step(panel, "sign", actor=members[0].user)

    told = client.get(where).json()
    assert told["digest"] == digest_of(told["content"])
    client.force_login(members[1].user)
    answer = client.get(where)
    assert (answer.json()["digest"], answer.json()["is_excerpt"]) == (None, True)
    assert entries[0].title not in answer.content.decode()
