"""From one sentence on a phone to an answer: scenarios 1, 2 and 4 of the domain, without JavaScript."""

from datetime import UTC, datetime, timedelta

import pytest
from django_scopes import scopes_disabled

from grobunn.ideas.models import Contact, Idea
from grobunn.ideas.states import IdeaState
from grobunn.ideas.tests.conftest import Town
from grobunn.kernel import clock
from grobunn.kernel.models import AuditEntry
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.testing import sent_mails
from grobunn.organisations.services.absence import set_absence
from tests.journeys.conftest import Come
from tests.journeys.reader import Reader

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
SENTENCE = "Alarmknappen på natt bør virke i kjelleren også."


def _only_idea() -> Idea:
    with scopes_disabled():
        return Idea.objects.select_related("holder", "holder_unit", "municipality").get()


def _write(reader: Reader, where: str = "/storvik/hjemmetjenesten/ny", **filled: str) -> Idea:
    reader.open(where).press("Send ideen", text=SENTENCE, **filled)
    return _only_idea()


def test_nurse_writes_one_sentence_and_knows_who_has_it_and_by_when(town: Town, come: Come) -> None:
    nurse = come()
    with clock.moved_to(MONDAY):
        box = nurse.open("/storvik/hjemmetjenesten/ny")
        in_sight = box.fields("Send ideen") - {"title", "kind", "visibility"}  # Folded away until asked for.
        box.press("Send ideen", text=SENTENCE)

    idea = _only_idea()
    assert in_sight == {"text", "photos", "email"}
    assert nurse.status == 200
    assert idea.receipt in nurse.text
    assert "Den ligger hos enhetsleder ved Storvik heimevern, som svarer innen mandag 7. desember 2026." in nurse.text


def test_anonymous_writer_comes_back_by_receipt_and_answers_a_question(town: Town, come: Come) -> None:
    idea = _write(come())
    leader = come(town.leader).open(f"/storvik/ideer/{idea.reference}/")
    leader.follow("Spør innsenderen").press("Spør innsenderen", reason="Hvilken kjeller?")

    writer = come().open("/t/").press("Vis ideen", receipt=idea.receipt.replace("-", " ").lower())
    question = writer.text
    writer.follow("Svar på spørsmålet").press("Svar på spørsmålet", reason="Den under nordfløyen.")

    assert "Hvilken kjeller?" in question
    assert "Den under nordfløyen." in writer.text
    assert _only_idea().state == IdeaState.ASSESSING
    run_jobs()
    assert (
        "Den under nordfløyen." in come(town.leader).open("/varsler/").follow(f"Innsenderen har svart: {SENTENCE}").text
    )


def test_question_stops_the_clock_and_the_answer_starts_it_again(town: Town, come: Come) -> None:
    with clock.moved_to(MONDAY):
        idea = _write(come())
        asked = come(town.leader).open(f"/storvik/ideer/{idea.reference}/steg/ask/")
        asked.press("Spør innsenderen", reason="Hvor?")
    due = idea.answer_due_on

    with clock.moved_to(MONDAY + timedelta(days=7)):
        come().open(f"/t/{idea.receipt}/svar/").press("Svar på spørsmålet", reason="I kjelleren.")

    assert due is not None
    assert _only_idea().answer_due_on == due + timedelta(days=7)


def test_answer_is_mailed_to_the_writer_when_it_can_no_longer_be_taken_back(town: Town, come: Come) -> None:
    with clock.moved_to(MONDAY):
        idea = _write(come(), email="nora@hjemme.example")
        run_jobs()
        adviser = come(town.adviser).open(f"/storvik/ideer/{idea.reference}/")
        adviser.follow("Svar nei").press("Svar nei", reason="Vi bytter hele anlegget til våren.")
        run_jobs()
    with clock.moved_to(MONDAY + timedelta(minutes=9)):
        run_jobs()
        early = [mail.subject for mail in sent_mails("nora@hjemme.example")]
    with clock.moved_to(MONDAY + timedelta(minutes=11)):
        run_jobs()
        run_jobs()

    mails = sent_mails("nora@hjemme.example")
    assert early == [f"Mottatt: {SENTENCE}"]
    assert [mail.subject for mail in mails] == [f"Mottatt: {SENTENCE}", f"Svaret på: {SENTENCE}"]
    assert "Vi bytter hele anlegget til våren." in mails[-1].text
    assert f"/t/{idea.receipt}/" in mails[-1].text


def test_answer_taken_back_within_ten_minutes_is_told_to_nobody(town: Town, come: Come) -> None:
    with clock.moved_to(MONDAY):
        idea = _write(come(), email="nora@hjemme.example")
        adviser = come(town.adviser).open(f"/storvik/ideer/{idea.reference}/steg/decline/")
        adviser.press("Svar nei", reason="Feil tast.")
        run_jobs()
        adviser.press("Angre")
    with clock.moved_to(MONDAY + timedelta(days=1)):
        run_jobs()

    assert _only_idea().state == IdeaState.RECEIVED
    assert [mail.subject for mail in sent_mails("nora@hjemme.example")] == [f"Mottatt: {SENTENCE}"]


def test_receiver_away_falls_to_the_stand_in(town: Town, come: Come) -> None:
    today = clock.today()
    set_absence(
        municipality=town.municipality,
        user=town.leader,
        stand_in=town.nurse,
        from_on=today,
        to_on=today + timedelta(days=7),
        actor=town.leader,
    )

    idea = _write(come())

    assert (idea.holder, idea.holder_unit) == (town.nurse, town.ward)
    way = come(town.nurse).open("/storvik/ko/").links[SENTENCE]
    assert way.split("?")[0] == f"/storvik/ideer/{idea.reference}/"


def test_receiver_away_without_stand_in_falls_to_the_adviser(town: Town, come: Come) -> None:
    today = clock.today()
    set_absence(
        municipality=town.municipality,
        user=town.leader,
        stand_in=None,
        from_on=today,
        to_on=today + timedelta(days=7),
        actor=town.leader,
    )

    assert _write(come()).holder == town.adviser


def test_text_with_a_national_identity_number_is_refused_and_nothing_is_stored(town: Town, come: Come) -> None:
    text = "Bruker 178388 30021 bør få ny alarm."  # Synthetic: its month has 80 added.
    before = AuditEntry.objects.count()

    refused = come().open("/storvik/ny").press("Send ideen", text=text)

    assert refused.status == 422
    assert "Det står et fødselsnummer i teksten. Ta det bort: ingenting er lagret." in refused.text
    with scopes_disabled():
        assert not Idea.objects.exists()
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    ("text", "link", "address"),
    [
        (
            "Jeg vil varsle om at sjefen trakasserer oss.",
            "Gå til varslingskanalen",
            "https://storvik.example/varsling",
        ),
        ("Dette er et avvik: feilmedisinering i natt.", "Meld avvik", "https://storvik.example/avvik"),
    ],
)
def test_text_for_another_channel_shows_it_and_is_stored_only_if_the_writer_goes_on(
    town: Town, come: Come, text: str, link: str, address: str
) -> None:
    writer = come().open("/storvik/ny").press("Send ideen", text=text)
    with scopes_disabled():
        stored_before = Idea.objects.count()
    shown = writer.links.get(link)
    writer.press("Send som idé likevel")

    assert shown == address
    assert stored_before == 0
    assert _only_idea().text == text
    assert _only_idea().contact == Contact.RECEIPT
