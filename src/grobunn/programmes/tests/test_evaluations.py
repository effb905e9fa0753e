"""Evaluations: who may answer and when, that it is done once, and that nobody is told apart in what is shown."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.kernel.models import AuditEntry
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Notice
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of
from grobunn.programmes.answering import evaluation_link
from grobunn.programmes.models import Day, Evaluation, EvaluationAnswer, EvaluationGiven, Facilitator
from grobunn.programmes.queries.evaluated import evaluated_across
from grobunn.programmes.queries.evaluations import results_of
from grobunn.programmes.services.evaluating import (
    AlreadyAnswered,
    EvaluationIsClosed,
    Said,
    give_evaluation,
    set_questions,
    settle_evaluations,
)
from grobunn.programmes.services.programmes import make_cohort
from grobunn.programmes.services.reminders import remind_of_evaluations
from grobunn.programmes.tests.conftest import signed_in
from grobunn.programmes.tests.factories import add_days, make_participant, was_there

pytestmark = pytest.mark.django_db

RUN = "ledelsesskolen/kull-1/"
RESULTS = f"{RUN}samlinger/laget/evaluering/"
NUMBERS = {"useful": "5", "learned": "4", "well_run": "3"}


@pytest.fixture
def gathering(school, cohort):
    """Held: its last day was yesterday."""
    return add_days(cohort, "Laget", in_days=-2, by=school.adviser)


def own(gathering):
    return f"{RUN}min-plass/evaluering/{gathering.pk}/"


def participant(school, gathering, user=None, **fields):
    place = make_participant(gathering.cohort, by=school.adviser, user=user or UserFactory(), **fields)
    was_there(place, gathering, by=school.adviser)
    return place


def answer(school, gathering, *, count, useful=5, best=""):
    """So many people answer."""
    for number in range(count):
        place = participant(school, gathering)
        text = f"{best} {number}" if best else ""
        give_evaluation(gathering, place, Said(useful, 4, 3, best=text), actor=place.user)


def shown(gathering):
    found = results_of([gathering.pk]).get(gathering.pk)
    return found.count if found else 0


def test_who_was_there_answers_and_the_answer_has_neither_name_nor_time(school, gathering):
    place = participant(school, gathering, school.leader)
    asked = school.page(school.leader, RUN).content.decode()
    audited = AuditEntry.objects.count()

    sent = school.send(school.leader, own(gathering), **NUMBERS, best="Øvelsene")

    kept = EvaluationAnswer.objects.get()
    assert sent.status_code == 302
    assert own(gathering) in asked
    assert (kept.useful, kept.learned, kept.well_run, kept.best, kept.is_shown) == (5, 4, 3, "Øvelsene", False)
    assert {field.name for field in EvaluationAnswer._meta.get_fields()} == {
        "id", "municipality", "gathering", "useful", "learned", "well_run", "best", "better", "own_first",
        "own_second", "is_shown",
    }  # fmt: skip
    assert {field.name for field in EvaluationGiven._meta.get_fields()} == {
        "id", "municipality", "gathering", "enrolment"
    }  # fmt: skip
    assert (kept.pk.version, EvaluationGiven.objects.get(enrolment=place).pk.version) == (4, 4)
    assert AuditEntry.objects.count() == audited


def test_an_answer_is_sent_once_whatever_is_pressed(school, gathering):
    place = participant(school, gathering, school.leader)
    school.send(school.leader, own(gathering), **NUMBERS)

    again = school.send(school.leader, own(gathering), **{**NUMBERS, "useful": "1"})
    page = school.page(school.leader, own(gathering)).content.decode()

    assert again.status_code == 302
    assert EvaluationAnswer.objects.get().useful == 5
    assert "You have answered. Thank you." in page
    assert own(gathering) not in school.page(school.leader, RUN).content.decode()
    with pytest.raises(AlreadyAnswered):
        give_evaluation(gathering, place, Said(1, 1, 1), actor=school.leader)


def test_numbers_are_asked_for_and_words_are_not(school, gathering):
    participant(school, gathering, school.leader)

    without = school.send(school.leader, own(gathering), useful="5", learned="6")
    identity = school.send(school.leader, own(gathering), **NUMBERS, best="Han med 01010150074")

    assert (without.status_code, identity.status_code) == (422, 422)
    assert not EvaluationGiven.objects.exists()
    assert school.send(school.leader, own(gathering), **NUMBERS).status_code == 302


def test_only_those_who_were_there_answer(school, cohort, gathering):
    make_participant(cohort, by=school.adviser, user=school.leader)

    page = school.page(school.leader, own(gathering)).content.decode()
    sent = school.send(school.leader, own(gathering), **NUMBERS)

    assert "This is for those who were there." in page
    assert sent.status_code == 422
    assert school.send(school.nurse, own(gathering), **NUMBERS).status_code == 403
    assert school.send(school.outsider, own(gathering), **NUMBERS).status_code == 404
    assert not EvaluationAnswer.objects.exists()


def test_nobody_answers_for_another_not_even_the_adviser(school, gathering):
    place = participant(school, gathering, school.leader)

    with pytest.raises(PermissionDenied):
        give_evaluation(gathering, place, Said(1, 1, 1), actor=school.adviser)

    assert not EvaluationAnswer.objects.exists()


def test_it_opens_an_hour_before_the_end_and_closes_after_four_weeks(school, cohort, gathering):
    participant(school, gathering, school.leader)
    last = Day.objects.order_by("-on").first()
    end = clock.at(last.on, last.ends)

    def is_asked():
        return 'name="useful"' in school.page(school.leader, own(gathering)).content.decode()

    found = []
    for moment in (
        end - timedelta(minutes=61),
        end - timedelta(minutes=60),
        end + timedelta(days=28),
        end + timedelta(days=29),
    ):
        with clock.moved_to(moment):
            found.append(is_asked())

    assert found == [False, True, True, False]


def test_an_external_answers_by_their_own_access_and_without_account_by_the_link(school, gathering):
    participant(school, gathering, school.outsider, is_external=True, organisation="NTNU")
    nameless = make_participant(gathering.cohort, by=school.adviser)
    was_there(nameless, gathering, by=school.adviser)
    nameless.user = None
    link = evaluation_link(nameless, gathering)

    by_account = school.send(school.outsider, own(gathering), **NUMBERS)
    by_link = signed_in(None).post(link, NUMBERS)

    assert (by_account.status_code, by_link.status_code) == (302, 302)
    assert EvaluationAnswer.objects.count() == 2
    assert "You have answered" in signed_in(None).get(link).content.decode()


def test_a_guest_from_another_cohort_answers_about_where_they_were(school, cohort, gathering):
    other = make_cohort(cohort.programme, name="Kull 2", actor=school.adviser)
    other.state = "open"
    other.save(update_fields=["state"])
    guest = make_participant(other, by=school.adviser, user=school.leader)
    was_there(guest, gathering, by=school.adviser)

    school.send(school.leader, f"ledelsesskolen/kull-2/min-plass/evaluering/{gathering.pk}/", **NUMBERS)

    assert EvaluationAnswer.objects.get().gathering == gathering


def test_fewer_than_five_are_never_shown_and_not_kept(school, gathering):
    answer(school, gathering, count=4, best="Hemmelig")

    before = school.page(school.adviser, RESULTS).content.decode()
    with clock.moved_by(days=40):
        settle_evaluations()
        after = school.page(school.adviser, RESULTS).content.decode()

    assert "Too few to show so far" in before
    assert "Fewer than five answered" in after
    assert "Hemmelig" not in before + after
    assert (EvaluationAnswer.objects.count(), EvaluationGiven.objects.count()) == (0, 0)


def test_every_change_of_the_results_is_of_five_or_more(school, gathering):
    seen = []
    for _person in range(23):
        answer(school, gathering, count=1)
        seen.append(shown(gathering))
    with clock.moved_by(days=40):
        settle_evaluations()
    seen.append(shown(gathering))

    assert seen == [0] * 9 + [5] * 5 + [10] * 5 + [15] * 4 + [23]
    steps = [after - before for before, after in pairwise(seen) if after != before]
    assert min(steps) >= 5


def test_who_is_shown_first_is_drawn(school, gathering, monkeypatch):
    answer(school, gathering, count=9, best="Tidlig")
    drawn = []
    monkeypatch.setattr(
        "grobunn.programmes.services.evaluating._random.sample", lambda rows, k: drawn.extend(rows) or rows[-k:]
    )

    answer(school, gathering, count=1, best="Sist")

    assert len(drawn) == 10
    assert EvaluationAnswer.objects.filter(is_shown=True).count() == 5


def test_when_it_is_over_who_answered_is_forgotten_and_the_rows_are_new(school, gathering):
    answer(school, gathering, count=6, best="Tekst")
    before = set(EvaluationAnswer.objects.values_list("pk", flat=True))

    with clock.moved_by(days=40):
        first = settle_evaluations()
        again = settle_evaluations()

    rows = list(EvaluationAnswer.objects.all())
    assert (first, again) == (1, 0)
    assert not EvaluationGiven.objects.exists()
    assert len(rows) == 6
    assert not before & {row.pk for row in rows}
    assert shown(gathering) == 6


def test_results_show_means_choices_and_texts_that_cannot_be_joined(school, gathering):
    Facilitator.objects.create(municipality=school.municipality, gathering=gathering, user=school.leader)
    for number in range(5):
        place = participant(school, gathering)
        said = Said(number + 1, 5, 4, best=f"Best {number}", better=f"Bedre {number}")
        give_evaluation(gathering, place, said, actor=place.user)
    with clock.moved_by(days=40):
        settle_evaluations()

        page = school.page(school.leader, RESULTS).content.decode()

    (results,) = results_of([gathering.pk]).values()
    best, better = (texts for _question, texts in results.texts)
    assert [line.mean for line in results.lines] == [3.0, 5.0, 4.0]
    assert results.lines[0].counts == (1, 1, 1, 1, 1)
    assert sorted(best) == [f"Best {number}" for number in range(5)]
    assert sorted(better) == [f"Bedre {number}" for number in range(5)]
    for text in best + better:
        assert text in page
    assert "5 of 5 answered" in page


def test_results_are_for_those_who_lead_the_cohort(school, gathering):
    answer(school, gathering, count=5)
    participant(school, gathering, school.leader)
    other = MunicipalityFactory()
    with scope(municipality=other.pk):
        theirs = adviser_of(other)

    for path in (RESULTS, f"{RUN}evaluering/", f"{RESULTS}sporsmal/"):
        assert school.page(school.leader, path).status_code == 403
        assert school.page(school.outsider, path).status_code == 404
        assert school.page(theirs, path).status_code == 404
        assert school.page(school.adviser, path).status_code == 200
    assert school.page(school.leader, "ledelsesskolen/evalueringer/").status_code == 403
    assert school.page(theirs, own(gathering)).status_code == 404


def test_facilitators_ask_two_questions_of_their_own_until_it_opens(school, cohort, gathering):
    ahead = add_days(cohort, "Veien", in_days=3, by=school.adviser)
    path = f"{RUN}samlinger/veien/evaluering/sporsmal/"
    school.send(school.adviser, path, first="", second="Hva tar du med hjem?")
    place = participant(school, ahead, school.leader)

    with clock.moved_by(days=6):
        late = school.send(school.adviser, path, first="Noe annet?")
        page = school.page(school.leader, own(ahead)).content.decode()
        school.send(school.leader, own(ahead), **NUMBERS, own_first="Mot")

    assert late.status_code == 422
    assert "Hva tar du med hjem?" in page
    assert 'name="own_second"' not in page
    assert EvaluationAnswer.objects.get().own_first == "Mot"
    assert place.cohort == cohort
    with pytest.raises(EvaluationIsClosed):
        set_questions(gathering, first="Nå?", second="", actor=school.adviser)


def test_those_who_have_not_answered_are_reminded_once(school, gathering):
    answered = participant(school, gathering, school.leader)
    silent = participant(school, gathering)
    absent = make_participant(gathering.cohort, by=school.adviser)
    give_evaluation(gathering, answered, Said(5, 5, 5), actor=school.leader)

    for days in (1, 2, 3, 9):
        with clock.moved_by(days=days):
            remind_of_evaluations()
    run_jobs()

    told = Notice.objects.filter(kind="programmes.evaluation")
    assert [each.recipient for each in told] == [silent.user]
    assert absent.user not in {each.recipient for each in told}
    assert told.get().url == school.at(own(gathering))


def test_a_programme_is_seen_across_cohorts_by_what_is_shown_alone(school, cohort, gathering):
    answer(school, gathering, count=5, useful=5)
    second = make_cohort(cohort.programme, name="Kull 2", actor=school.adviser)
    third = make_cohort(cohort.programme, name="Kull 3", actor=school.adviser)
    for each, count, useful in ((second, 10, 2), (third, 4, 1)):
        each.state = "open"
        each.save(update_fields=["state"])
        held = add_days(each, "Laget", in_days=-2, by=school.adviser)
        answer(school, held, count=count, useful=useful)
    with clock.moved_by(days=40):
        settle_evaluations()

        page = school.page(school.adviser, "ledelsesskolen/evalueringer/").content.decode()

    (row,) = evaluated_across(cohort.programme)
    assert (row.title, row.count, row.means) == ("Laget", 15, (3.0, 4.0, 3.0))
    assert {each.name: results.count for each, results in row.each} == {"Kull 1": 5, "Kull 2": 10}
    assert "Kull 2" in page
    assert "Kull 3" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_one_and_three(school, cohort, count):
    for number in range(count):
        held = add_days(cohort, f"Samling {number}", in_days=-2, by=school.adviser)
        Evaluation.objects.create(municipality=school.municipality, gathering=held)
        EvaluationAnswer.objects.bulk_create(
            EvaluationAnswer(
                municipality=school.municipality, gathering=held, useful=1, learned=1, well_run=1, is_shown=True
            )
            for _person in range(5)
        )
    client = signed_in(school.adviser)

    costs = []
    for path in (f"{RUN}evaluering/", "ledelsesskolen/evalueringer/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(school.at(path)).status_code == 200
        costs.append(len(queries))

    assert costs == [18, 8]
