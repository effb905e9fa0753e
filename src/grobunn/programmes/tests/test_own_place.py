"""One's own place: what remains, and how to make up for it; with an account and without."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grobunn.kernel.testing import run_jobs
from grobunn.programmes.answering import answer_page
from grobunn.programmes.models import Enrolment, MakeUp
from grobunn.programmes.services.completing import accept_make_up
from grobunn.programmes.services.enrolling import withdraw
from grobunn.programmes.tests.conftest import signed_in
from grobunn.programmes.tests.factories import add_days, make_participant

pytestmark = pytest.mark.django_db

RUN = "ledelsesskolen/kull-1/"
TELL = "Tell what you did instead of Innovasjon"


@pytest.fixture
def missed(cohort, school):
    return add_days(cohort, "Innovasjon", in_days=-10, by=school.adviser)


def own_page(school, user):
    return school.page(user, f"{RUN}min-plass/").content.decode()


def test_own_page_says_what_remains_until_it_is_made_up(school, cohort, missed):
    place = make_participant(cohort, by=school.adviser, user=school.leader)
    page = own_page(school, school.leader)
    assert "Lacks Innovasjon" in page
    assert "0 of 1 gathering is done." in page
    assert f'href="{school.at(RUN)}samlinger/innovasjon/erstatning/"' in page

    sent = school.send(school.leader, f"{RUN}samlinger/innovasjon/erstatning/", text="Jeg leste boka.")
    assert sent["Location"] == school.at(f"{RUN}min-plass/")
    page = own_page(school, school.leader)
    assert "what was done instead waits for an answer" in page
    assert TELL not in page

    accept_make_up(MakeUp.objects.select_related("enrolment__cohort").get(), actor=school.adviser)
    run_jobs()
    assert "Nothing: you have completed." in own_page(school, school.leader)
    assert place.pk == Enrolment.objects.get(state="completed").pk


def test_without_an_account_the_link_does_the_same(school, cohort, missed):
    place = Enrolment.objects.create(
        municipality=school.municipality, cohort=cohort, name="Ane Ekstern", email="ane@example.org", state="enrolled"
    )
    link, client = answer_page(place), signed_in(None)
    page = client.get(link).content.decode()
    assert TELL in page
    assert f'href="{link}innovasjon/erstatning/"' in page

    for _sent in range(2):
        assert client.post(f"{link}innovasjon/erstatning/", {"text": "Jeg leste boka."})["Location"] == link

    assert MakeUp.objects.get().enrolment_id == place.pk
    assert client.get(f"{link}samling-9/erstatning/").status_code == 404
    assert client.post(f"{link[:-2]}x/innovasjon/erstatning/", {"text": "Hei"}).status_code == 404
    assert MakeUp.objects.count() == 1


def test_who_gave_up_the_place_has_nothing_left_to_make_up(school, cohort, missed):
    place = make_participant(cohort, by=school.adviser, user=school.leader)
    withdraw(place, actor=school.leader)

    assert "What remains for you" not in own_page(school, school.leader)
    assert school.send(school.leader, f"{RUN}samlinger/innovasjon/erstatning/", text="Hei").status_code in (403, 404)
    link = answer_page(Enrolment.objects.select_related("cohort__programme__municipality").get(pk=place.pk))
    assert signed_in(None).post(f"{link}innovasjon/erstatning/", {"text": "Hei"}).status_code == 404
    assert not MakeUp.objects.exists()


def test_field_for_the_code_is_there_on_the_day_alone(school, cohort, missed):
    make_participant(cohort, by=school.adviser, user=school.leader)
    assert "Are you at the gathering today?" not in own_page(school, school.leader)

    add_days(cohort, "Metode", in_days=0, by=school.adviser)

    assert "Are you at the gathering today?" in own_page(school, school.leader)


def test_own_page_costs_the_same_for_one_and_three_gatherings(school, cohort):
    make_participant(cohort, by=school.adviser, user=school.leader)
    client, costs = signed_in(school.leader), []
    client.get(school.at(f"{RUN}min-plass/"))
    for number in range(3):
        add_days(cohort, f"Samling {number}", in_days=7 * number - 30, by=school.adviser)
        with CaptureQueriesContext(connection) as queries:
            client.get(school.at(f"{RUN}min-plass/"))
        costs.append(len(queries))

    assert costs == [costs[0]] * 3  # How many they are is for the parts that stand on the page.
