"""Diplomas: what they say, who fetches them, and what whoever checks a number learns."""

from datetime import timedelta
from io import BytesIO

import pytest
from django_scopes import scope
from pypdf import PdfReader

from grobunn.accounts.services.users import delete_user
from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.kernel.actors import SYSTEM
from grobunn.kernel.models import RateBucket
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of
from grobunn.programmes.answering import answer_page
from grobunn.programmes.diplomas import initials, meant_number, written_number
from grobunn.programmes.models import Attendance, Diploma, Enrolment
from grobunn.programmes.services import changing
from grobunn.programmes.services.completing import accept_make_up, hand_in_make_up, settle_cohort
from grobunn.programmes.services.retention import forget_attendance
from grobunn.programmes.tests.conftest import signed_in
from grobunn.programmes.tests.factories import add_days, make_participant, was_there

pytestmark = pytest.mark.django_db

RUN = "ledelsesskolen/kull-1/"
OWN, ALL = f"{RUN}min-plass/", f"{RUN}gjennomforing/kursbevis/"


@pytest.fixture
def held(school, cohort):
    return [
        add_days(cohort, title, in_days=days, by=school.adviser) for title, days in (("Rollen", -20), ("Laget", -9))
    ]


@pytest.fixture
def completed(school, cohort, held):
    place = make_participant(cohort, by=school.adviser, user=school.leader)
    was_there(place, *held, by=school.adviser)
    return place


def diploma(place):
    return Diploma.objects.get(enrolment=place)


def checked(school, typed, user=None):
    return signed_in(user).get(school.at("kursbevis/"), {"nummer": typed}).content.decode()


def text_of(response):
    assert response.status_code == 200
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)


def days_from(ago):
    first = clock.today() - timedelta(days=ago)
    return [first.isoformat(), (first + timedelta(days=1)).isoformat()]


def test_a_diploma_keeps_what_was_attended_and_made_up(school, cohort, held):
    place = make_participant(cohort, by=school.adviser, user=school.leader)
    was_there(place, held[0], by=school.adviser)
    made = hand_in_make_up(place, held[1], text="Prøvde det i egen enhet.", actor=school.leader)

    accept_make_up(made, actor=school.adviser)
    was_there(place, held[0], by=school.adviser)

    assert diploma(place).gatherings == [
        {"title": "Rollen", "days": days_from(20), "minutes": 720, "is_made_up": False},
        {"title": "Laget", "days": [], "minutes": 0, "is_made_up": True},
    ]


def test_the_completed_fetch_their_diploma_as_pdf(school, completed):
    shown = school.page(school.leader, OWN).content.decode()
    answer = school.page(school.leader, f"{OWN}kursbevis/")

    assert written_number(diploma(completed).number) in shown
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    said = text_of(answer)
    for words in (school.leader.name, "Ledelsesskolen, Kull 1", "Rollen", "Laget", "12 timer", "24 timer"):
        assert words in said
    assert written_number(diploma(completed).number) in said
    assert "oppdiktet" not in said.lower()


def test_a_diploma_is_tagged_for_screen_readers_in_the_municipalitys_language(school, completed):
    reader = PdfReader(BytesIO(school.page(school.leader, f"{OWN}kursbevis/").content))

    catalogue = reader.trailer["/Root"]
    assert bool(catalogue["/MarkInfo"]["/Marked"]) is True
    assert str(catalogue["/Lang"]).startswith(school.municipality.language)
    assert len(reader.pages) == 1


def test_a_diploma_of_somebody_made_up_says_so(school, completed):
    Enrolment.objects.filter(pk=completed.pk).update(is_synthetic=True)

    assert "oppdiktet" in text_of(school.page(school.leader, f"{OWN}kursbevis/")).lower()
    assert "Synthetic" in checked(school, diploma(completed).number)


def test_whoever_has_no_account_fetches_it_by_their_own_link(school, cohort, held):
    place = make_participant(cohort, by=school.adviser)
    was_there(place, *held, by=school.adviser)
    link = answer_page(place)

    shown = signed_in(None).get(link).content.decode()
    fetched = signed_in(None).get(f"{link}kursbevis/")

    assert f"{link}kursbevis/" in shown
    assert place.name in text_of(fetched)
    assert signed_in(None).get(school.at("svar/abc:def/kursbevis/")).status_code == 404


def test_who_has_not_completed_has_no_diploma(school, cohort, held):
    make_participant(cohort, by=school.adviser, user=school.leader)

    assert "Diploma" not in school.page(school.leader, OWN).content.decode()
    assert school.page(school.leader, f"{OWN}kursbevis/").status_code == 404
    assert school.page(school.nurse, f"{OWN}kursbevis/").status_code == 403


def test_those_who_run_the_cohort_fetch_anybodys(school, cohort, held, completed):
    other = make_participant(cohort, by=school.adviser)
    was_there(other, *held, by=school.adviser)

    one = school.page(school.adviser, f"{ALL}{other.pk}/")

    assert other.name in text_of(one)
    assert school.leader.name not in text_of(one)
    assert school.page(school.adviser, ALL).status_code == 200
    assert school.page(school.leader, ALL).status_code == 403
    assert school.page(school.leader, f"{ALL}{other.pk}/").status_code == 403
    assert school.page(school.outsider, ALL).status_code == 404


def test_another_municipality_finds_neither_the_diploma_nor_its_number(school, completed):
    other = MunicipalityFactory()
    with scope(municipality=other.pk):
        theirs = adviser_of(other)

    assert school.page(theirs, f"{ALL}{completed.pk}/").status_code == 404
    found = signed_in(None).get(f"/{other.slug}/programmer/kursbevis/", {"nummer": diploma(completed).number})
    assert "No such diploma" in found.content.decode()


def test_anybody_checks_a_number_however_it_is_typed_and_learns_no_name(school, completed):
    number = diploma(completed).number
    typed = f" {number[:3].lower()} {number[3:7]}-{number[7:].lower()} "

    shown = checked(school, typed)

    assert "The diploma holds" in shown
    assert "Ledelsesskolen, Kull 1" in shown
    assert written_number(number) in shown
    assert initials(school.leader.name) in shown
    assert school.leader.name not in shown
    assert school.leader.email not in shown


def test_a_number_that_is_none_and_one_that_cannot_be_are_told_alike(school, completed):
    for typed in ("ZZZZZ-ZZZZZ", "hei", "<b>"):
        assert "No such diploma" in checked(school, typed)
    assert "No such diploma" not in signed_in(None).get(school.at("kursbevis/")).content.decode()


def test_a_diploma_is_withdrawn_when_a_mark_was_wrong_and_comes_back_with_its_number(school, held, completed):
    number = diploma(completed).number
    was_there(completed, held[1], by=school.adviser, is_present=False)

    withdrawn = checked(school, number)
    own = school.page(school.leader, OWN).content.decode()
    paper = text_of(school.page(school.leader, f"{OWN}kursbevis/"))
    gone = school.page(school.adviser, ALL)
    was_there(completed, held[1], by=school.adviser)

    assert "The diploma is withdrawn" in withdrawn
    assert initials(school.leader.name) not in withdrawn
    assert "Your diploma was withdrawn" in own
    assert "gjelder ikke" in paper
    assert gone.status_code == 404
    assert diploma(completed).number == number
    assert "The diploma holds" in checked(school, number)


def test_a_diploma_of_a_deleted_account_holds_without_a_name(school, cohort, held):
    person = UserFactory()
    place = make_participant(cohort, by=school.adviser, user=person)
    was_there(place, *held, by=school.adviser)
    number = diploma(place).number

    delete_user(person, actor=SYSTEM)

    shown = checked(school, number)
    assert "The diploma holds" in shown
    assert "Issued to" not in shown


def test_two_years_after_nobody_knows_who_was_where_and_the_diploma_still_says_it(school, cohort, held, completed):
    said = diploma(completed).gatherings
    changing.step(cohort, "begin", actor=school.adviser)
    changing.step(cohort, "finish", actor=school.adviser)

    with clock.moved_by(days=729):
        kept = forget_attendance()
    with clock.moved_by(days=731):
        forgotten = forget_attendance()
        settle_cohort(cohort)
        shown = school.page(school.adviser, f"{RUN}gjennomforing/").content.decode()

    completed.refresh_from_db()
    assert (kept, forgotten, Attendance.objects.count()) == (0, 4, 0)
    assert (completed.state, diploma(completed).gatherings) == ("completed", said)
    assert diploma(completed).withdrawn_at is None
    assert "1 of 1 has completed" in shown


def test_checking_is_refused_to_whoever_tries_numbers(school):
    client = signed_in(None)
    for _time in range(60):
        client.get(school.at("kursbevis/"), {"nummer": "A"})

    refused = client.get(school.at("kursbevis/"), {"nummer": "A"})

    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert RateBucket.objects.count() == 1


def test_words_of_numbers_and_names():
    assert written_number("7KQFM3XD9T") == "7KQFM-3XD9T"
    assert meant_number("7kqfm 3xd9t") == "7KQFM3XD9T"
    assert meant_number("OIL00-00000") == "0110000000"
    assert meant_number("7KQFM") is None
    assert initials("Anne-Kari Øvre Nordmann") == "A. K. Ø. N."
    assert initials("–") == ""
