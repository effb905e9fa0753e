"""Who is reminded of scores, and giving them over the API."""

from datetime import timedelta

import pytest
from django_scopes import scope

from grobunn.juries.models import Criterion, Panel, Score, Tap
from grobunn.juries.services.reminders import remind_of_scores
from grobunn.juries.services.scoring import TapGiven, record_taps
from grobunn.juries.services.steps import step
from grobunn.juries.tests.factories import declare_all, make_jury
from grobunn.kernel import clock, ids
from grobunn.notifications.models import Notice
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def jury():
    municipality = MunicipalityFactory()
    with scope(municipality=municipality.pk):
        adviser = adviser_of(municipality)
        panel, members, entries = make_jury(municipality, by=adviser, scores_due_at=clock.now() + timedelta(hours=20))
        step(panel, "open_declarations", actor=adviser)
        declare_all(*members)
        step(panel, "open_scoring", actor=adviser)
        yield panel, members, entries


def _score_all(member, entries):
    codes = list(Criterion.objects.filter(panel=member.panel).values_list("code", flat=True))
    record_taps(
        member,
        [
            TapGiven(id=ids.new_id(), entry_id=entry.pk, criterion=code, value=3, made_at=clock.now())
            for entry in entries
            for code in codes
        ],
    )


def _reminded():
    return set(Notice.objects.filter(kind="juries.scores_due").values_list("recipient_id", flat=True))


def test_whoever_is_not_done_is_reminded_once_before_and_once_when_late(jury):
    _panel, members, entries = jury
    _score_all(members[0], entries)

    remind_of_scores()
    remind_of_scores()
    assert _reminded() == {members[1].user_id, members[2].user_id}
    assert Notice.objects.filter(kind="juries.scores_due").count() == 2

    _score_all(members[1], entries)
    with clock.moved_by(days=1):
        remind_of_scores()
        remind_of_scores()
    assert Notice.objects.filter(kind="juries.scores_due", recipient=members[2].user).count() == 2
    assert Notice.objects.filter(kind="juries.scores_due", recipient=members[1].user).count() == 1


def test_nobody_is_reminded_long_before_or_when_scores_are_closed(jury):
    panel, members, _entries = jury
    Panel.objects.filter(pk=panel.pk).update(scores_due_at=clock.now() + timedelta(days=3))
    remind_of_scores()
    assert _reminded() == set()

    Panel.objects.filter(pk=panel.pk).update(scores_due_at=clock.now() + timedelta(hours=3))
    panel.refresh_from_db()
    step(panel, "release", actor=members[0].user)
    remind_of_scores()
    assert _reminded() == set()


def _put(client, panel, entry, body):
    address = f"/api/v1/panels/{panel.pk}/entries/{entry.pk}/scores"
    return client.put(address, body, content_type="application/json")


def test_api_gives_scores_and_sent_again_changes_nothing(client, jury):
    panel, members, entries = jury
    client.force_login(members[1].user)
    body = {"scores": [{"criterion": "need", "value": 4, "note": "Sterkt."}], "note": "Godt."}

    answers = [_put(client, panel, entries[0], body) for _each in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert {"criterion": "need", "value": 4, "note": "Sterkt."} in answers[1].json()["scores"]
    assert Tap.objects.count() == 3
    own = client.get(f"/api/v1/panels/{panel.pk}/scores").json()
    assert [each["note"] for each in own] == ["Godt.", "", ""]


def test_api_refuses_figures_that_are_none_and_entries_of_others(client, jury):
    panel, members, entries = jury
    client.force_login(members[1].user)

    assert _put(client, panel, entries[0], {"scores": [{"criterion": "need", "value": 99}]}).status_code in (400, 422)
    client.force_login(adviser_of(panel.municipality))
    assert _put(client, panel, entries[0], {"scores": [{"criterion": "need", "value": 3}]}).status_code == 404
    assert not Score.objects.exists()
