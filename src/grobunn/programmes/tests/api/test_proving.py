"""Evaluations and diplomas over the API: answered once, shown for five, checked by anybody by initials alone."""

import pytest

from grobunn.accounts.tests.factories import UserFactory
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of
from grobunn.programmes.models import Diploma, EvaluationAnswer
from grobunn.programmes.services.evaluating import Said, give_evaluation, settle_evaluations
from grobunn.programmes.tests.factories import add_days, make_participant, was_there

pytestmark = pytest.mark.django_db

SAID = {"useful": 5, "learned": 4, "well_run": 3, "best": "Øvelsen."}


@pytest.fixture
def gathering(school, cohort):
    """Held: its last day was yesterday."""
    return add_days(cohort, "Laget", in_days=-2, by=school.adviser)


@pytest.fixture
def path(cohort):
    return f"cohorts/{cohort.pk}/evaluations/laget"


def participant(school, gathering, user):
    place = make_participant(gathering.cohort, by=school.adviser, user=user)
    was_there(place, gathering, by=school.adviser)
    return place


def test_who_was_there_answers_once_and_who_was_not_does_not(ask, school, gathering, path):
    participant(school, gathering, school.leader)
    make_participant(gathering.cohort, by=school.adviser, user=school.nurse)

    told = [ask("post", f"{path}/answers", SAID, by=school.leader).status_code for _twice in range(2)]

    assert told == [204, 409]
    assert ask("post", f"{path}/answers", SAID, by=school.nurse).status_code == 409
    assert ask("post", f"{path}/answers", {**SAID, "useful": 6}, by=school.leader).status_code == 422
    assert ask("post", f"{path}/answers", SAID, by=school.adviser).status_code == 404
    assert EvaluationAnswer.objects.get().best == "Øvelsen."


def test_results_are_for_who_leads_the_cohort_and_of_five_or_more(ask, school, gathering, cohort, path):
    for _number in range(10):
        place = participant(school, gathering, UserFactory())
        give_evaluation(gathering, place, Said(5, 4, 3), actor=place.user)
    participant(school, gathering, school.leader)

    shown = ask("get", path, by=school.adviser).json()

    assert (shown["people"], shown["is_over"], shown["results"]["count"]) == (11, False, 5)
    assert shown["results"]["lines"][0]["counts"] == [0, 0, 0, 0, 5]
    assert ask("get", f"cohorts/{cohort.pk}/evaluations", by=school.adviser).json() == [shown]
    assert ask("get", path, by=school.leader).status_code == 403
    assert ask("get", path, by=adviser_of(MunicipalityFactory(is_in_use=True))).status_code == 404


def test_fewer_than_five_are_never_told(ask, school, gathering, path):
    for _number in range(4):
        place = participant(school, gathering, UserFactory())
        give_evaluation(gathering, place, Said(1, 1, 1), actor=place.user)
    settle_evaluations()

    assert ask("get", path, by=school.adviser).json()["results"] is None


def test_own_questions_are_asked_until_it_opens(ask, school, cohort, gathering, path):
    add_days(cohort, "Pitch", in_days=5, by=school.adviser)
    ahead = f"cohorts/{cohort.pk}/evaluations/pitch/questions"

    asked = ask("put", ahead, {"questions": ["Hva tar du med hjem?"]}, by=school.adviser)

    assert asked.json()["questions"] == ["Hva tar du med hjem?"]
    assert ask("put", f"{path}/questions", {"questions": ["For sent?"]}, by=school.adviser).status_code == 409
    assert ask("put", ahead, {"questions": ["Jeg?"]}, by=school.nurse).status_code == 403


def test_diploma_is_ones_own_the_leaders_list_and_anybodys_to_check(ask, school, gathering, cohort):
    participant(school, gathering, school.leader)

    own = ask("get", f"cohorts/{cohort.pk}/diploma", by=school.leader).json()

    assert own["name"] == school.leader.name
    assert ask("get", f"cohorts/{cohort.pk}/diplomas", by=school.adviser).json() == [own]
    assert ask("get", f"cohorts/{cohort.pk}/diplomas", by=school.leader).status_code == 403
    typed = own["number"].lower().replace("-", "%20")
    checked = ask("get", f"municipalities/{school.municipality.slug}/diplomas/{typed}").json()
    assert checked["state"] == "valid"
    assert school.leader.name not in str(checked)
    elsewhere = MunicipalityFactory()
    assert ask("get", f"municipalities/{elsewhere.slug}/diplomas/{typed}").status_code == 404
    Diploma.objects.update(withdrawn_at=gathering.cohort.made_at)
    again = ask("get", f"municipalities/{school.municipality.slug}/diplomas/{typed}").json()
    assert again["state"] == "withdrawn"
