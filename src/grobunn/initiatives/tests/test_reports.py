"""The short report: what it changes, when it is asked for, and who is told when it does not come."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils.translation import override

from grobunn.initiatives.models import Initiative, Report
from grobunn.initiatives.services.reminders import remind_of_reports
from grobunn.initiatives.services.reports import Told, WeeksUnknown, change_rhythm, report
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel import clock, ids
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Notice
from grobunn.notifications.words import text_of
from grobunn.organisations.tests.factories import AbsenceFactory

TOLD = Told(
    done="Ti senger har sensor.", next="Opplæring av natta.", in_the_way="", signal="watch", status="Litt etter."
)


@pytest.fixture
def initiative(town: Town) -> Initiative:
    return make_initiative(town.ward, owner=town.leader, by=town.adviser)


def _due_days_ago(initiative: Initiative, days: int) -> None:
    Initiative.objects.filter(pk=initiative.pk).update(report_due_on=clock.today() - timedelta(days=days))


def _told_kinds() -> list[str]:
    run_jobs()
    shown = Notice.objects.filter(retracted_at=None, kind__startswith="initiatives.report")
    return sorted(shown.values_list("kind", flat=True))


def test_report_is_the_status_and_sets_the_day_of_the_next(town: Town, initiative: Initiative) -> None:
    _due_days_ago(initiative, 0)
    initiative.refresh_from_db()

    report(initiative, told=TOLD, actor=town.leader)

    initiative.refresh_from_db()
    assert (initiative.signal, initiative.status) == ("watch", "Litt etter.")
    assert initiative.report_due_on == clock.today() + timedelta(weeks=4)


def test_report_sent_twice_is_kept_once(town: Town, initiative: Initiative) -> None:
    key = ids.new_id()

    for _again in range(2):
        report(initiative, told=TOLD, key=key, actor=town.leader)

    assert Report.objects.count() == 1


def test_report_long_before_its_day_is_one_between(town: Town, initiative: Initiative) -> None:
    due_on = initiative.report_due_on

    report(initiative, told=TOLD, actor=town.leader)

    initiative.refresh_from_db()
    assert initiative.report_due_on == due_on
    assert Report.objects.get().due_on is None


def test_report_is_refused_to_others(town: Town, initiative: Initiative) -> None:
    with pytest.raises(PermissionDenied):
        report(initiative, told=TOLD, actor=town.nurse)

    assert Report.objects.count() == 0


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, ["initiatives.report_due"]),
        (6, ["initiatives.report_due", "initiatives.report_overdue"]),
        (21, ["initiatives.report_due", "initiatives.report_missing", "initiatives.report_overdue"]),
    ],
)
def test_reminders_tell_the_owner_then_the_leader_each_once(
    town: Town, initiative: Initiative, days: int, expected: list[str]
) -> None:
    _due_days_ago(initiative, days)

    remind_of_reports()
    assert remind_of_reports() == 0

    assert _told_kinds() == expected
    missing = Notice.objects.filter(kind="initiatives.report_missing")
    assert {notice.recipient_id for notice in missing} <= {town.director.pk}


def test_reminders_reach_whoever_stands_in_while_the_owner_is_away(town: Town, initiative: Initiative) -> None:
    AbsenceFactory(municipality=town.municipality, user=town.leader, stand_in=town.nurse)
    _due_days_ago(initiative, 6)

    remind_of_reports()

    assert _told_kinds() == ["initiatives.report_due", "initiatives.report_overdue"]
    notices = Notice.objects.filter(kind__startswith="initiatives.report")
    assert {notice.recipient_id for notice in notices} == {town.nurse.pk}
    with override("en"):
        assert all("you stand in" in text_of(notice) for notice in notices)


def test_reminders_stop_when_the_report_comes(town: Town, initiative: Initiative) -> None:
    _due_days_ago(initiative, 21)
    initiative.refresh_from_db()
    remind_of_reports()

    report(initiative, told=TOLD, actor=town.leader)

    assert _told_kinds() == []
    assert remind_of_reports() == 0


def test_rhythm_of_none_asks_for_nothing(town: Town, initiative: Initiative) -> None:
    change_rhythm(initiative, weeks=0, actor=town.leader)

    initiative.refresh_from_db()
    assert initiative.report_due_on is None
    with clock.moved_by(days=400):
        assert remind_of_reports() == 0


def test_rhythm_beyond_twelve_weeks_is_refused(town: Town, initiative: Initiative) -> None:
    with pytest.raises(WeeksUnknown):
        change_rhythm(initiative, weeks=13, actor=town.leader)

    initiative.refresh_from_db()
    assert initiative.report_weeks == 4


def test_page_of_the_report_is_filled_in_with_what_was_to_come(
    client: Client, town: Town, initiative: Initiative
) -> None:
    report(initiative, told=TOLD, actor=town.leader)
    client.force_login(town.leader)
    url = f"/{town.municipality.slug}/initiativ/{initiative.reference}/"

    form = client.get(f"{url}rapport/").content.decode()
    client.post(f"{url}rapport/", {"done": "Natta er opplært.", "signal": "good", "status": "I rute."})

    assert "Opplæring av natta." in form
    assert "I rute." in client.get(url).content.decode()
    assert client.get(f"{url}rapporter/?format=csv").content.decode().count("\n") == 3
    client.force_login(town.nurse)
    assert client.get(f"{url}rapport/").status_code == 403
    assert client.get(f"{url}rapporter/").status_code == 200
