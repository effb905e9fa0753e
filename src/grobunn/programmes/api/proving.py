"""Evaluations and diplomas over the API: what is shown is what the pages show, and no more."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django_scopes import scope
from ninja.responses import Status

from grobunn.kernel import audit, limits, permissions
from grobunn.kernel.api.access import needs_scope, open_to_all
from grobunn.kernel.api.forms import checked
from grobunn.kernel.limits import Rate
from grobunn.programmes.api.found import cohort_or_404, gathering_or_404, municipality_or_404, own_place_or_404
from grobunn.programmes.api.proof_schemas import AnswersIn, CheckedDiplomaOut, DiplomaOut, EvaluationOut, QuestionsIn
from grobunn.programmes.api.router import router
from grobunn.programmes.diplomas import initials, written_number
from grobunn.programmes.forms.evaluating import EvaluationForm, QuestionsForm
from grobunn.programmes.models import Diploma, Enrolment, Gathering
from grobunn.programmes.queries.diplomas import diploma_numbered, diploma_of, diplomas_of
from grobunn.programmes.queries.evaluated import Evaluated, evaluated_in
from grobunn.programmes.queries.evaluations import Results, evaluation_of, was_there
from grobunn.programmes.services.evaluating import give_evaluation, set_questions

_READS = needs_scope("programmes:read")
_WRITES = needs_scope("programmes:write")
_CHECKS = open_to_all(
    "programmes:read", why="Whoever is shown a diploma can check that it holds; only initials are told."
)
_EVALUATION = "/cohorts/{cohort_id}/evaluations/{topic}"
# As on the page: numbers cannot be guessed, and nobody tries many.
_RATE = Rate(count=60, seconds=600)


@router.get("/cohorts/{cohort_id}/evaluations", response=list[EvaluationOut], auth=_READS)
def list_evaluations(request: HttpRequest, cohort_id: UUID) -> list[dict[str, Any]]:
    """What those who were at each gathering of a cohort thought of it; for who leads it, of five answers or more."""
    cohort = cohort_or_404(request, cohort_id)
    permissions.check("programmes.facilitate", request.user, cohort)
    with scope(municipality=cohort.municipality_id):
        return [_evaluation(each) for each in evaluated_in(cohort)]


@router.get(_EVALUATION, response=EvaluationOut, auth=_READS)
def show_evaluation(request: HttpRequest, cohort_id: UUID, topic: str) -> dict[str, Any]:
    """The same of one gathering."""
    gathering = gathering_or_404(request, cohort_id, topic)
    permissions.check("programmes.facilitate", request.user, gathering)
    return _shown(gathering)


@router.post(f"{_EVALUATION}/answers", response={204: None}, auth=_WRITES)
def answer_evaluation(request: HttpRequest, cohort_id: UUID, topic: str, sent: AnswersIn) -> Status[None]:
    """Say what the caller thought of a gathering that they were at, once: it cannot be found again, nor changed."""
    gathering = gathering_or_404(request, cohort_id, topic)
    with scope(municipality=gathering.municipality_id):
        place = _place_at(request, gathering)
        form = checked(EvaluationForm(sent.dict(), evaluation=evaluation_of(gathering)))
        give_evaluation(gathering, place, form.answered(), actor=request.user)
    return Status(204, None)


@router.put(f"{_EVALUATION}/questions", response=EvaluationOut, auth=_WRITES)
def put_questions(request: HttpRequest, cohort_id: UUID, topic: str, sent: QuestionsIn) -> dict[str, Any]:
    """Ask something of one's own beside the rest, until the evaluation opens."""
    gathering = gathering_or_404(request, cohort_id, topic)
    permissions.check("programmes.facilitate", request.user, gathering)
    first, second = (*sent.questions, "", "")[:2]
    said = checked(QuestionsForm({"first": first, "second": second})).cleaned_data
    set_questions(gathering, **said, actor=request.user)
    return _shown(gathering)


@router.get("/cohorts/{cohort_id}/diplomas", response=list[DiplomaOut], auth=_READS)
def list_diplomas(request: HttpRequest, cohort_id: UUID) -> list[dict[str, Any]]:
    """The diplomas of a cohort that hold, by name; for who leads it. Who took them out is kept."""
    cohort = cohort_or_404(request, cohort_id)
    permissions.check("programmes.facilitate", request.user, cohort)
    with scope(municipality=cohort.municipality_id):
        found = [_diploma(each) for each in diplomas_of(cohort)]
    audit.record("programmes.list_diplomas", actor=request.user, subject=cohort, municipality_id=cohort.municipality_id)
    return found


@router.get("/cohorts/{cohort_id}/diploma", response=DiplomaOut, auth=_READS)
def show_own_diploma(request: HttpRequest, cohort_id: UUID) -> dict[str, Any]:
    """The caller's own, withdrawn or not."""
    place = own_place_or_404(request, cohort_or_404(request, cohort_id))
    with scope(municipality=place.municipality_id):
        diploma = diploma_of(place)
    if diploma is None:
        raise Http404
    return _diploma(diploma)


@router.get("/municipalities/{slug}/diplomas/{number}", response=CheckedDiplomaOut, auth=_CHECKS)
def check_diploma(request: HttpRequest, slug: str, number: str) -> dict[str, Any]:
    """Whether a number is of a diploma; written in any case, with spaces or dashes."""
    limits.spend("programmes.check_diploma", who=limits.address_of(request), rate=_RATE)
    municipality = municipality_or_404(slug)
    with scope(municipality=municipality.pk):
        diploma = diploma_numbered(municipality.pk, number)
    if diploma is None:
        raise Http404
    cohort = diploma.enrolment.cohort
    return {
        "number": written_number(diploma.number),
        "state": "withdrawn" if diploma.withdrawn_at else "valid",
        "initials": initials(diploma.enrolment.name),
        "programme": cohort.programme.name,
        "cohort": cohort.name,
        "issued_on": diploma.issued_on,
        "is_synthetic": diploma.enrolment.is_synthetic,
    }


def _place_at(request: HttpRequest, gathering: Gathering) -> Enrolment:
    """The caller's place by which they were at a gathering, in whatever cohort of the programme. Raises: Http404."""
    cohort = gathering.cohort
    places = Enrolment.objects.filter(cohort__programme=cohort.programme_id, user__isnull=False, user=request.user.pk)
    found = list(places.select_related("cohort").order_by("id"))
    if not found:
        raise Http404
    return next((each for each in found if was_there(each, gathering)), found[0])


def _shown(gathering: Gathering) -> dict[str, Any]:
    with scope(municipality=gathering.municipality_id):
        (its,) = evaluated_in(gathering.cohort, only=gathering)
        return _evaluation(its)


def _evaluation(its: Evaluated) -> dict[str, Any]:
    return {
        "gathering": its.gathering.topic,
        "opens_at": its.window.opens_at if its.window else None,
        "closes_at": its.window.closes_at if its.window else None,
        "is_over": its.is_over,
        "people": its.people,
        "questions": its.questions,
        "results": _results(its.results) if its.results else None,
    }


def _results(results: Results) -> dict[str, Any]:
    return {
        "count": results.count,
        "lines": [
            {"question": str(each.label), "mean": each.mean, "counts": list(each.counts)} for each in results.lines
        ],
        "texts": [{"question": str(question), "said": list(said)} for question, said in results.texts],
    }


def _diploma(diploma: Diploma) -> dict[str, Any]:
    return {
        "enrolment": diploma.enrolment_id,
        "name": diploma.enrolment.name,
        "number": written_number(diploma.number),
        "issued_on": diploma.issued_on,
        "withdrawn_at": diploma.withdrawn_at,
        "gatherings": diploma.gatherings,
    }
