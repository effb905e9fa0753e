"""The page of a case: what everybody reads, and what nobody may."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation
from django_scopes import scope, scopes_disabled

from grobunn.accounts.tests.factories import UserFactory
from grobunn.cases.models import Case, CaseKind, Document, Picture, Verdict
from grobunn.cases.sections import Section
from grobunn.cases.services.verdicts import forget_old_verdicts
from grobunn.cases.states import CaseState
from grobunn.cases.telling import moment_words
from grobunn.cases.tests.rows import case_row, edition_row
from grobunn.ideas.models import Visibility
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel import clock, ids
from grobunn.organisations.models import Municipality
from grobunn.organisations.tests.factories import MunicipalityFactory, UnitFactory

PAGE = "/eksempler/sensorer-i-senger/"


@pytest.fixture
def place(db: None) -> Municipality:
    return MunicipalityFactory(slug="ulstein", name="Ulstein", population=8_900)


def _read(client: Client, path: str = PAGE) -> str:
    response = client.get(path, headers={"Accept-Language": "nb"})
    assert response.status_code == 200
    return response.content.decode()


def test_page_tells_the_seven_sections_in_their_order(client: Client, place: Municipality) -> None:
    case_row(place)

    page = _read(client)

    assert re.findall(r'<h2 class="ds-heading" data-size="sm" id="(\w+)"', page) == [each.value for each in Section]
    assert "Nattevaktene gikk fra rom til rom" in page


def test_page_of_a_loaded_case_says_what_its_source_leaves_out(client: Client, place: Municipality) -> None:
    case_row(place, source_name="Difi", source_on="2019", lessons="", need="")

    page = _read(client)

    assert page.count("Ikke omtalt i kilden.") == 6
    assert "Kilde: Difi" in page


@pytest.mark.parametrize("state", [CaseState.DRAFT, CaseState.IN_REVIEW, CaseState.WITHDRAWN])
@pytest.mark.parametrize("below", ["", "utgaver/1/", "lignende/", "nyttig/hvorfor/"])
def test_page_of_what_is_not_published_is_not_found(
    client: Client, place: Municipality, state: str, below: str
) -> None:
    case = case_row(place, state=state, published_at=clock.now() if below else None)
    edition_row(case, 1, title="Sensorer")

    assert client.get(PAGE + below).status_code == 404


@pytest.mark.parametrize(
    ("state", "said"), [(CaseState.WITHDRAWN, "tok det bort"), (CaseState.DRAFT, "arbeider med det på nytt")]
)
def test_page_of_a_withdrawn_case_says_so_and_leads_on(
    client: Client, place: Municipality, state: str, said: str
) -> None:
    other = case_row(place, "senger-som-sier-fra", title="Senger som sier fra")
    case_row(place, state=state, replaced_by=other)

    response = client.get(PAGE, headers={"Accept-Language": "nb"})

    page = response.content.decode()
    assert response.status_code == 410
    assert said in page
    assert 'href="/eksempler/senger-som-sier-fra/"' in page
    assert "Sensorer i senger" not in page


def test_page_of_a_withdrawn_case_does_not_lead_to_another_withdrawn_one(client: Client, place: Municipality) -> None:
    other = case_row(place, "senger-som-sier-fra", title="Senger som sier fra", state=CaseState.WITHDRAWN)
    case_row(place, state=CaseState.WITHDRAWN, replaced_by=other)

    assert "Senger som sier fra" not in client.get(PAGE).content.decode()


def test_loaded_case_is_dated_by_its_source_until_somebody_changes_it(client: Client, place: Municipality) -> None:
    case = case_row(place, source_name="Difi", source_on="2019")
    as_loaded = _read(client)
    with scopes_disabled():
        Case.objects.filter(pk=case.pk).update(edited_at=clock.now() + timedelta(days=3))

    changed = _read(client)

    assert "Slik kilden fortalte det i 2019" in as_loaded
    assert "Sist endret" not in as_loaded
    assert "Sist endret" in changed


def test_case_adapted_from_itself_by_way_of_another_is_refused(place: Municipality) -> None:
    first = case_row(place, "forste")
    second = case_row(place, "andre", adapted_from=first)

    with pytest.raises(IntegrityError, match="adapted from itself"), scopes_disabled(), transaction.atomic():
        Case.objects.filter(pk=first.pk).update(adapted_from=second)

    first.refresh_from_db()
    assert first.adapted_from_id is None


def test_page_costs_the_same_however_much_is_told(
    client: Client, place: Municipality, django_assert_num_queries: Any
) -> None:
    one, three = case_row(place, "en"), case_row(place, "tre")
    for case, count in ((one, 1), (three, 3)):
        with scopes_disabled():
            for number in range(count):
                picture = _picture(case, number)
                case.picture_ids = [*case.picture_ids, picture.pk]
                edition_row(case, number + 1)
            case.save(update_fields=["picture_ids"])
    _read(client, "/eksempler/en/")

    with django_assert_num_queries(4):
        _read(client, "/eksempler/en/")
    with django_assert_num_queries(4):
        assert _read(client, "/eksempler/tre/").count("<figure>") == 3


def test_page_shows_at_once_what_changes_about_a_case(client: Client, place: Municipality) -> None:
    case = case_row(place, "en", review_due_on=clock.today() + timedelta(days=1))
    before = _read(client, "/eksempler/en/")

    with scopes_disabled():
        Case.objects.filter(pk=case.pk).update(lead="Ny ingress.", partners=["NTNU"])
        edition_row(case, 2)
        edition_row(case, 1)
    place.name = "Ny kommune"
    place.save(update_fields=["name"])
    with clock.moved_by(days=3):
        after = _read(client, "/eksempler/en/")

    new = ("Ny ingress.", "NTNU", "2 utgaver", "Ny kommune", "Dette skulle vært sjekket innen")
    assert [words for words in new if words in before] == []
    assert [words for words in new if words not in after] == []


def test_name_of_the_contact_is_gone_from_the_page_when_it_may_not_stand_there(
    client: Client, place: Municipality
) -> None:
    until = clock.today() + timedelta(days=1)
    person = UserFactory(name="Kari Kontakt")
    case_row(place, "en", contact_person=person, contact_consented_at=clock.now(), contact_until=until)

    assert "Kari Kontakt" in _read(client, "/eksempler/en/")
    with clock.moved_by(days=3):
        assert "Kari Kontakt" not in _read(client, "/eksempler/en/")


def test_markdown_of_a_section_carries_nothing_that_runs(client: Client, place: Municipality) -> None:
    case_row(
        place, need="<script>alert(1)</script> [her](javascript:alert(2)) ![x](http://x.no/x.png)\n\n# Stor\n\n**ja**"
    )

    page = _read(client)

    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert 'src="http' not in page
    assert "<h3>Stor</h3>" in page
    assert "<strong>ja</strong>" in page


def test_a_municipality_that_merged_stays_the_origin(client: Client, place: Municipality) -> None:
    fjell = MunicipalityFactory(slug="fjell", name="Fjell")
    case_row(place, origin=fjell)

    assert "(opprinnelig Fjell kommune)" in _read(client)


def test_learning_is_applauded(client: Client, place: Municipality) -> None:
    case_row(place, kind=CaseKind.LEARNING)

    assert "Det virket ikke – og de forteller hvorfor." in _read(client)


def test_overdue_review_is_said(client: Client, place: Municipality) -> None:
    case_row(place, review_due_on=clock.today() - timedelta(days=1))

    assert "ingen har bekreftet at det fortsatt stemmer" in _read(client)


@pytest.mark.parametrize(("days", "is_named"), [(1, True), (0, True), (-1, False)])
def test_contact_is_named_while_the_consent_lasts(
    client: Client, place: Municipality, days: int, is_named: bool
) -> None:
    person = UserFactory(name="Tone Prøve")
    case_row(
        place,
        contact_person=person,
        contact_consented_at=clock.now(),
        contact_until=clock.today() + timedelta(days=days),
        contact_mailbox="post@ulstein.example",
    )

    page = _read(client)

    assert ("Tone Prøve" in page) is is_named
    assert "post@ulstein.example" in page


@pytest.mark.parametrize(("visibility", "is_linked"), [(Visibility.PUBLIC, True), (Visibility.INTERNAL, False)])
def test_the_idea_before_it_is_linked_where_it_is_public(
    client: Client, place: Municipality, visibility: str, is_linked: bool
) -> None:
    with scope(municipality=place.pk):
        UnitFactory(municipality=place)
        idea = make_idea(place, visibility=visibility)
        type(idea).objects.filter(pk=idea.pk).update(state="solved")
    case_row(place, idea=idea)

    assert (f"/ulstein/ideer/{idea.reference}/" in _read(client)) is is_linked


def test_edition_tells_what_was_told_then_and_names_nobody(client: Client, place: Municipality) -> None:
    person = UserFactory(name="Tone Prøve")
    case = case_row(
        place, contact_person=person, contact_consented_at=clock.now(), contact_until=clock.today(), lead="Nå."
    )
    edition_row(case, 1, lead="Før.", title="Senger", one_off_nok=250_000, picture_ids=[])
    edition_row(case, 2, lead="Nå.")

    page = _read(client, f"{PAGE}utgaver/1/")

    assert "Før." in page
    assert "250\xa0000 kroner" in page
    assert "Dette er utgave 1" in page
    assert "Tone Prøve" not in page
    assert client.get(f"{PAGE}utgaver/3/").status_code == 404


def _picture(case: Case, number: int = 0) -> Picture:
    with scopes_disabled():
        return Picture.objects.create(
            municipality_id=case.municipality_id,
            case=case,
            file=ContentFile(b"\xff\xd8", name=f"{number}.jpg"),
            width=800,
            height=600,
            alternative_text="En seng",
        )


def test_picture_is_served_where_an_edition_showed_it(client: Client, place: Municipality) -> None:
    case = case_row(place)
    shown, never_shown = _picture(case), _picture(case)
    edition_row(case, 1, picture_ids=[str(shown.pk)])

    response = client.get(f"{PAGE}bilder/{shown.pk}/")

    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"\xff\xd8"  # type: ignore[attr-defined]
    assert client.get(f"{PAGE}bilder/{never_shown.pk}/").status_code == 404


def test_document_is_a_download(client: Client, place: Municipality) -> None:
    case = case_row(place)
    with scopes_disabled():
        document = Document.objects.create(
            municipality_id=place.pk,
            case=case,
            file=ContentFile(b"<html>", name="plan.html"),
            name="plan.html",
            media_type="text/html",
            size=6,
        )
        case.document_ids = [document.pk]
        case.save(update_fields=["document_ids"])

    response = client.get(f"{PAGE}dokumenter/{document.pk}/")

    assert response["Content-Disposition"] == 'attachment; filename="plan.html"'


def test_verdict_is_kept_once_however_often_it_is_sent(client: Client, place: Municipality) -> None:
    case_row(place)
    key = str(ids.new_id())

    for _ in range(2):
        assert client.post(f"{PAGE}nyttig/", {"svar": "ja", "nokkel": key}).status_code == 302

    with scopes_disabled():
        assert [(each.is_useful, each.why) for each in Verdict.objects.all()] == [(True, "")]


def test_a_no_is_asked_why_and_may_say_it_once(client: Client, place: Municipality) -> None:
    case_row(place)
    key = str(ids.new_id())

    response = client.post(f"{PAGE}nyttig/", {"svar": "nei", "nokkel": key})
    asked = response["Location"]
    client.post(asked, {"why": "Ingen kostnad.", "nokkel": key})
    client.post(asked, {"why": "Noe annet.", "nokkel": key})

    assert asked == f"{PAGE}nyttig/hvorfor/?nokkel={key}"
    with scopes_disabled():
        assert [(each.is_useful, each.why) for each in Verdict.objects.all()] == [(False, "Ingen kostnad.")]


def test_why_with_an_identity_number_is_not_kept(client: Client, place: Municipality) -> None:
    case_row(place)
    key = str(ids.new_id())
    client.post(f"{PAGE}nyttig/", {"svar": "nei", "nokkel": key})

    response = client.post(f"{PAGE}nyttig/hvorfor/", {"why": "Ring 01010750160", "nokkel": key})

    assert response.status_code == 422
    with scopes_disabled():
        assert [each.why for each in Verdict.objects.all()] == [""]


def test_verdicts_are_forgotten_after_twelve_months(place: Municipality) -> None:
    case = case_row(place)
    with scopes_disabled():
        for days in (364, 366):
            Verdict.objects.create(
                municipality_id=place.pk, case=case, is_useful=True, at=clock.now() - timedelta(days=days)
            )

    assert forget_old_verdicts() == 1


@pytest.mark.parametrize(
    ("on", "language", "said"),
    [
        ("2016", "nb", "2016"),
        ("2016-08", "nb", "august 2016"),
        ("2016-10", "nn", "oktober 2016"),
        ("2016-10", "en", "October 2016"),
    ],
)
def test_timeline_says_when_as_people_do(on: str, language: str, said: str) -> None:
    with translation.override(language):
        assert moment_words(on) == said
