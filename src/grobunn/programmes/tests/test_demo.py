"""The demonstration: what the sources tell of Ledelsesskolen, and what is made up around it."""

import pytest
from django_scopes import scopes_disabled

from grobunn.accounts.demo import load_demo as load_people
from grobunn.ideas.demo import load_demo as load_ideas
from grobunn.organisations.demo import load_demo as load_organisations
from grobunn.programmes.demo import load_demo
from grobunn.programmes.models import Cohort, Diploma, Enrolment, EvaluationAnswer, Gathering, Programme, Team
from grobunn.programmes.queries.completion import completion_of
from grobunn.programmes.queries.evaluations import results_of

pytestmark = pytest.mark.django_db


def _counts():
    models = (Programme, Cohort, Gathering, Enrolment, Diploma, EvaluationAnswer, Team)
    with scopes_disabled():
        return {model.__name__: model.objects.count() for model in models}


def test_demo_is_there_once_and_says_what_is_made_up():
    load_organisations()
    load_people()
    load_ideas()

    load_demo()
    first = _counts()
    load_demo()

    assert _counts() == first
    assert first.pop("EvaluationAnswer") > 100
    assert first == {
        "Programme": 3,
        "Cohort": 3,
        "Gathering": 11,
        "Enrolment": 500,
        "Diploma": 443,
        "Team": 12,
    }
    with scopes_disabled():
        assert not Enrolment.objects.filter(is_synthetic=False).exists()
        assert not Cohort.objects.filter(is_synthetic=False).exists()
        assert not Team.objects.filter(is_synthetic=False).exists()
        pitching = Cohort.objects.get(needs_pitch=True)
        missed_third = [each for each in completion_of(pitching).values() if each.to_make_up]
    assert [left.gathering.position for each in missed_third for left in each.to_make_up] == [3]
    with scopes_disabled():
        shown = results_of(list(Gathering.objects.values_list("pk", flat=True)))
        waiting = EvaluationAnswer.objects.filter(is_shown=False).count()
    assert len(shown) == 9
    assert min(each.count for each in shown.values()) >= 5
    assert waiting >= 5
