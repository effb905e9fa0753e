"""Making and changing programmes and cohorts over the API, by the pages' own forms and services."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django_scopes import scope
from ninja.responses import Status

from grobunn.kernel import permissions
from grobunn.kernel.api.access import needs_scope
from grobunn.kernel.api.forms import checked
from grobunn.kernel.statemachine import SomebodyWasFirst
from grobunn.programmes.api.found import cohort_or_404, merged, municipality_or_404, programme_or_404
from grobunn.programmes.api.making_schemas import (
    CohortChangeIn,
    CohortCopyIn,
    CohortIn,
    CohortStep,
    CohortStepIn,
    ProgrammeChangeIn,
    ProgrammeIn,
)
from grobunn.programmes.api.reading import whole_cohort
from grobunn.programmes.api.router import router
from grobunn.programmes.api.schemas import ProgrammeOut, WholeCohortOut
from grobunn.programmes.api.shown import programme_shown
from grobunn.programmes.forms.programmes import CohortForm, ProgrammeForm
from grobunn.programmes.forms.running import CopyForm
from grobunn.programmes.models import Programme
from grobunn.programmes.services import changing
from grobunn.programmes.services.programmes import make_cohort, make_programme
from grobunn.programmes.states import COHORT_MACHINE, COHORT_MESSAGES

_WRITES = needs_scope("programmes:write")


@router.post("/municipalities/{slug}/programmes", response={201: ProgrammeOut}, auth=_WRITES)
def add_programme(request: HttpRequest, slug: str, sent: ProgrammeIn) -> Status[Any]:
    """Make a programme."""
    municipality = municipality_or_404(slug)
    permissions.check("programmes.run", request.user, municipality)
    with scope(municipality=municipality.pk):
        given = {**sent.dict(), "follows": _programme_id(sent.follows)}
        form = checked(ProgrammeForm(given, municipality_id=municipality.pk))
        made = make_programme(municipality, actor=request.user, key=sent.key, **form.said())
        return Status(201, programme_shown(request, made))


@router.patch("/municipalities/{slug}/programmes/{programme}", response=ProgrammeOut, auth=_WRITES)
def change_programme(request: HttpRequest, slug: str, programme: str, sent: ProgrammeChangeIn) -> dict[str, Any]:
    """Change what is said of a programme."""
    municipality = municipality_or_404(slug)
    its = programme_or_404(request, municipality, programme)
    permissions.check("programmes.run", request.user, its)
    with scope(municipality=municipality.pk):
        before = ProgrammeForm(municipality_id=municipality.pk, programme=its)
        form = checked(ProgrammeForm(merged(before, sent), municipality_id=municipality.pk, programme=its))
        changed = changing.change(its, version=sent.version, actor=request.user, fields=form.said())
        return programme_shown(request, changed)


@router.post("/municipalities/{slug}/programmes/{programme}/cohorts", response={201: WholeCohortOut}, auth=_WRITES)
def add_cohort(request: HttpRequest, slug: str, programme: str, sent: CohortIn) -> Status[Any]:
    """Make a cohort of a programme."""
    its = programme_or_404(request, municipality_or_404(slug), programme)
    permissions.check("programmes.run", request.user, its)
    with scope(municipality=its.municipality_id):
        form = checked(CohortForm(sent.dict(), municipality_id=its.municipality_id))
        said = {name: value for name, value in form.said().items() if value is not None}
        made = make_cohort(its, actor=request.user, key=sent.key, **said)
    return Status(201, whole_cohort(request, cohort_or_404(request, made.pk)))


@router.patch("/cohorts/{cohort_id}", response=WholeCohortOut, auth=_WRITES)
def change_cohort(request: HttpRequest, cohort_id: UUID, sent: CohortChangeIn) -> dict[str, Any]:
    """Change the rules of a cohort; with more places, those in line move up."""
    cohort = cohort_or_404(request, cohort_id)
    permissions.check("programmes.run", request.user, cohort)
    with scope(municipality=cohort.municipality_id):
        before = CohortForm(municipality_id=cohort.municipality_id, cohort=cohort)
        form = checked(CohortForm(merged(before, sent), municipality_id=cohort.municipality_id, cohort=cohort))
        changing.change(cohort, version=sent.version, actor=request.user, fields=form.said())
    return whole_cohort(request, cohort_or_404(request, cohort_id))


@router.post("/cohorts/{cohort_id}/steps/{step}", response=WholeCohortOut, auth=_WRITES)
def take_cohort_step(request: HttpRequest, cohort_id: UUID, step: CohortStep, sent: CohortStepIn) -> dict[str, Any]:
    """Take a step in the life of a cohort: those whom it concerns are told."""
    cohort = cohort_or_404(request, cohort_id)
    permissions.check(COHORT_MACHINE.by_name[step].permission, request.user, cohort)
    if sent.version is not None and sent.version != cohort.version:
        raise SomebodyWasFirst(COHORT_MESSAGES.somebody_was_first)
    changing.step(cohort, step, actor=request.user, reason=sent.reason)
    return whole_cohort(request, cohort_or_404(request, cohort_id))


@router.post("/cohorts/{cohort_id}/copies", response={201: WholeCohortOut}, auth=_WRITES)
def copy_cohort(request: HttpRequest, cohort_id: UUID, sent: CohortCopyIn) -> Status[Any]:
    """Make the next run, with the same gatherings on other days; who took part is not copied."""
    cohort = cohort_or_404(request, cohort_id)
    permissions.check("programmes.run", request.user, cohort)
    said = checked(CopyForm(sent.dict())).said()
    made = changing.copy_cohort(cohort, actor=request.user, key=sent.key, **said)
    return Status(201, whole_cohort(request, cohort_or_404(request, made.pk)))


def _programme_id(slug: str) -> Any:
    """The id of a programme of the municipality whose scope is open."""
    if not slug:
        return None
    found = Programme.objects.filter(slug=slug).values_list("pk", flat=True).first()
    if found is None:
        raise ValidationError({"follows": _("The municipality has no such programme.")})
    return found
