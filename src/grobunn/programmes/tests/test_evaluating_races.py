"""Several who answer an evaluation at the same moment, and one who presses in two tabs."""

import pytest
from django_scopes import scope

from grobunn.kernel import clock
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of
from grobunn.programmes.models import EvaluationAnswer, EvaluationGiven
from grobunn.programmes.services.evaluating import AlreadyAnswered, Said, give_evaluation
from grobunn.programmes.tests.factories import add_days, make_participant, make_run, was_there
from grobunn.programmes.tests.test_attending_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_tabs_and_ten_people_at_once_are_one_answer_each_and_one_step():
    municipality = MunicipalityFactory()
    with scope(municipality=municipality.pk):
        adviser = adviser_of(municipality)
        cohort = make_run(municipality, by=adviser)
        gathering = add_days(cohort, "Innovasjon", in_days=-2, by=adviser, days=1)
        places = [make_participant(cohort, by=adviser) for _person in range(10)]
        for place in places:
            was_there(place, gathering, by=adviser)

        given = at_once(
            municipality.pk,
            [
                lambda place=place: give_evaluation(gathering, place, Said(5, 5, 5), actor=place.user)
                for place in (*places, places[0])
            ],
            moment=clock.now(),
        )

        assert [type(each) for each in given if each is not None] == [AlreadyAnswered]
        assert EvaluationGiven.objects.count() == 10
        assert sorted(EvaluationAnswer.objects.values_list("is_shown", flat=True)) == [False] * 5 + [True] * 5
