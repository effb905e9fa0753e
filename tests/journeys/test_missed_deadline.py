"""Nobody gets silence: scenario 3, the date passes without an answer."""

from datetime import UTC, datetime, timedelta

from grobunn.ideas.services.deadlines import keep_promises
from grobunn.ideas.tests.conftest import Town
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.testing import sent_mails
from tests.journeys.conftest import Come, idea_in, places_in, start_work

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TEXT = "Vi trenger en ladestasjon til elsyklene."


def _days_later(days: int) -> None:
    with clock.moved_to(MONDAY + timedelta(days=days)):
        keep_promises()
        run_jobs()
        run_jobs()


def test_missed_deadline_reminds_tells_honestly_and_escalates(town: Town, come: Come) -> None:
    with clock.moved_to(MONDAY):
        idea = idea_in(town, unit=town.ward, text=TEXT, contact="email", email="nora@hjemme.example")
        run_jobs()
    for day in range(1, 18):
        _days_later(day)

    leader = [mail.subject for mail in sent_mails(town.leader.email)]
    writer = sent_mails("nora@hjemme.example")
    head = [mail.subject for mail in sent_mails(town.director.email)]
    assert leader == [f"En idé å svare på: {TEXT}", f"Fristen for svar er nær: {TEXT}"]
    assert [mail.subject for mail in writer] == [f"Mottatt: {TEXT}", f"Svaret ditt er forsinket: {TEXT}"]
    assert (
        "Du ble lovet svar innen mandag 7. desember 2026, og det har du ikke fått. Det beklager vi." in writer[-1].text
    )
    assert head == [f"En idé uten svar på ditt område: {TEXT}"]
    with clock.moved_to(MONDAY + timedelta(days=17)):
        thread = come().open(f"/t/{idea.receipt}/")
        queue = come(town.director).open("/storvik/ko/")
    assert "Svaret skulle ha kommet innen mandag 7. desember 2026: det er forsinket." in thread.text
    assert TEXT in queue.links


def test_answered_in_time_is_left_in_peace(town: Town, come: Come) -> None:
    with clock.moved_to(MONDAY):
        idea = idea_in(town, unit=town.ward, text=TEXT, contact="email", email="nora@hjemme.example")
        start_work(come(town.leader), idea, places_in(town), reason="Vi bestiller i dag.")
    for day in range(1, 30):
        _days_later(day)

    assert [mail.subject for mail in sent_mails("nora@hjemme.example")] == [f"Mottatt: {TEXT}", f"Svaret på: {TEXT}"]
    assert [mail.subject for mail in sent_mails(town.director.email)] == []
