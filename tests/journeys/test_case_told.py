"""What was learned is told for the next one: scenario 18 of the domain, and the case of scenario 12."""

from datetime import UTC, datetime, timedelta

import pytest
from django_scopes import scope, scopes_disabled

from grobunn.accounts.models import User
from grobunn.cases.models import Case
from grobunn.cases.services.review import remind_of_reviews
from grobunn.cases.services.steps import draft_of
from grobunn.cases.states import CaseState
from grobunn.ideas.models import Idea
from grobunn.ideas.services import answer
from grobunn.ideas.tests.conftest import Town
from grobunn.kernel import clock
from grobunn.kernel.actors import SYSTEM
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.testing import sent_mails
from grobunn.organisations.models import Municipality, RoleAssignment
from grobunn.organisations.services.roles import end_role
from tests.journeys.conftest import Come, idea_in

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
LESSONS = "Nettet nådde ikke den gamle fløyen. Det tok et halvt år."


def _only_case() -> Case:
    with scopes_disabled():
        return Case.objects.select_related("municipality", "owner").get()


@pytest.fixture
def solved(town: Town) -> Idea:
    """An idea of the ward that its leader has answered: the solution is in use."""
    Municipality.objects.filter(pk=town.municipality.pk).update(mailbox="postmottak@storvik.example")
    with clock.moved_to(MONDAY), scope(municipality=town.municipality.pk):
        idea = idea_in(town, unit=town.ward, title="Sensorer i senger", text="Vi vekker folk når vi går nattrunder.")
        answer.solve(idea, actor=town.leader, reason="Nå har alle rom sensor.", solution="Sensormatte under lakenet.")
    return idea


def _told(town: Town, come: Come, idea: Idea) -> Case:
    """The leader tells what came of the idea and sends it to the editor; who answers is known from the thread."""
    thread = come(town.leader).open(f"/storvik/ideer/{idea.reference}/")
    thread.follow("Fortell det som et eksempel").press("Begynn å skrive")
    run_jobs()
    case = _only_case()
    desk = f"/storvik/eksempler/{case.slug}/skriv/"
    come(town.leader).open(desk).follow("Send til redaktøren").press("Send til redaktøren")
    run_jobs()
    return _only_case()


def _published(town: Town, come: Come, idea: Idea) -> Case:
    case = _told(town, come, idea)
    desk = f"/storvik/eksempler/{case.slug}/skriv/"
    come(town.leader).open(f"{desk}erfaringer/").press("Lagre", lessons=LESSONS)
    come(town.adviser).open(desk).follow("Publiser").press("Publiser")
    run_jobs()
    return _only_case()


def test_nobody_types_again_what_the_thread_knows(town: Town, come: Come, solved: Idea) -> None:
    with clock.moved_to(MONDAY):
        case = _told(town, come, solved)

    with scope(municipality=case.municipality_id):
        draft = draft_of(case)
    assert (case.state, draft.title) == (CaseState.IN_REVIEW, "Sensorer i senger")
    assert draft.need == "Vi vekker folk når vi går nattrunder."
    assert "Sensormatte under lakenet." in draft.solution
    assert draft.contact_role == "unit_leader"


def test_case_without_what_was_hard_is_not_published(town: Town, come: Come, solved: Idea) -> None:
    with clock.moved_to(MONDAY):
        case = _told(town, come, solved)
        editor = come(town.adviser).open("/varsler/").follow("Et eksempel å se gjennom: Sensorer i senger")
        refused = editor.follow("Publiser").press("Publiser")

        assert refused.status == 422
        assert "Skriv hva som var vanskelig" in refused.text
        assert come().open(f"/eksempler/{case.slug}/").status == 404

        page = refused.open(f"/storvik/eksempler/{case.slug}/skriv/erfaringer/")
        page.press("Legg igjen kommentaren", text="Hva gikk galt?")
        page.open(f"/storvik/eksempler/{case.slug}/skriv/steg/send_back/").press("Send tilbake", reason="Skriv det.")
        writer = come(town.leader).open(f"/storvik/eksempler/{case.slug}/skriv/erfaringer/")
        assert "Hva gikk galt?" in writer.text
        writer.press("Lagre", lessons=LESSONS)
        come(town.adviser).open(f"/storvik/eksempler/{case.slug}/skriv/").follow("Publiser").press("Publiser")

    case = _only_case()
    assert case.review_due_on == (MONDAY + timedelta(days=365)).date()
    assert LESSONS in come().open(f"/eksempler/{case.slug}/").text


def test_contact_who_leaves_gives_way_to_the_mailbox_and_the_owner_hears(town: Town, come: Come, solved: Idea) -> None:
    with clock.moved_to(MONDAY):
        case = _published(town, come, solved)
        desk = f"/storvik/eksempler/{case.slug}/skriv/"
        come(town.leader).open(f"{desk}navn/").press("Spør personen", person=town.nurse.email, until="2027-06-01")
        run_jobs()
        assert town.nurse.name not in come().open(f"/eksempler/{case.slug}/").text
        asked = come(town.nurse).open("/varsler/").follow("Kan du stå med navn i «Sensorer i senger»?")
        asked.press("Ja, vis navnet mitt", until="2027-06-01")
        come(town.adviser).open(desk).follow("Publiser endringene").press("Publiser endringene")
        assert town.nurse.name in come().open(f"/eksempler/{case.slug}/").text

    with clock.moved_to(MONDAY + timedelta(days=30)):
        _leaves(town, town.nurse)
        page = come().open(f"/eksempler/{case.slug}/").text

        assert town.nurse.name not in page
        assert "postmottak@storvik.example" in page
        assert "Ingen står lenger med navn i «Sensorer i senger»" in come(town.leader).open("/varsler/").text


def _leaves(town: Town, user: User) -> None:
    with scope(municipality=town.municipality.pk):
        for held in RoleAssignment.objects.filter(user=user):
            end_role(held, last_day=clock.today() - timedelta(days=1), actor=SYSTEM)
    run_jobs()


def test_owner_is_asked_after_a_year_and_readers_are_told_until_somebody_answers(
    town: Town, come: Come, solved: Idea
) -> None:
    with clock.moved_to(MONDAY):
        case = _published(town, come, solved)
    warning = "ingen har bekreftet at det fortsatt stemmer"

    with clock.moved_to(MONDAY + timedelta(days=367)):
        assert warning in come().open(f"/eksempler/{case.slug}/").text
        assert (remind_of_reviews(), remind_of_reviews()) == (1, 0)
        run_jobs()
        mails = [mail for mail in sent_mails() if "Stemmer det fortsatt? Sensorer i senger" in mail.subject]
        assert [mail.to_address for mail in mails] == [town.leader.email]
        desk = come(town.leader).open(f"/storvik/eksempler/{case.slug}/skriv/")
        desk.follow("Det stemmer fortsatt").press("Det stemmer fortsatt")
        assert warning not in come().open(f"/eksempler/{case.slug}/").text


def test_what_did_not_work_is_told_as_a_case_of_its_own_kind(town: Town, come: Come) -> None:
    begin = come(town.adviser).open("/storvik/eksempler/ny/")
    begin.press("Begynn å skrive", title="Robot i resepsjonen", kind="learning")
    desk = f"/storvik/eksempler/{_only_case().slug}/skriv/"
    come(town.adviser).open(f"{desk}erfaringer/").press("Lagre", lessons="Folk ville ha et skilt.")
    come(town.adviser).open(f"{desk}kontakt/").press("Lagre", contact_role="innovation_adviser")

    come(town.adviser).open(desk).follow("Publiser").press("Publiser")

    case = _only_case()
    assert (case.state, case.kind) == (CaseState.PUBLISHED, "learning")
    assert "Det virket ikke" in come().open(f"/eksempler/{case.slug}/").text
