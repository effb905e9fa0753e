"""Diplomas as PDF: one's own, and for those who run a cohort one of it or all."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from grobunn.kernel import audit
from grobunn.kernel.permissions import open_to_all
from grobunn.kernel.slugs import plain
from grobunn.organisations.requests import TenantRequest, signed_in
from grobunn.programmes.answering import enrolment_of_key
from grobunn.programmes.models import Cohort, Diploma, Enrolment
from grobunn.programmes.paper import diplomas_pdf
from grobunn.programmes.queries.diplomas import diploma_of, diplomas_of
from grobunn.programmes.views.fetch import of_cohort


@require_GET
@of_cohort("programmes.take_part")
def own(request: TenantRequest, cohort: Cohort) -> HttpResponse:
    """The reader's own."""
    return _of(Enrolment.objects.filter(cohort=cohort, user=signed_in(request)).first(), cohort)


@require_GET
@open_to_all("Whoever has the link was sent it at their own address: it is the key to this one place.")
def own_by_link(request: TenantRequest, municipality: str, key: str) -> HttpResponse:
    """The same, for who has no account."""
    enrolment = enrolment_of_key(key, municipality_id=request.municipality.pk)
    if enrolment is None:
        raise Http404
    return _of(enrolment, enrolment.cohort)


@require_GET
@of_cohort("programmes.facilitate")
def of_one(request: TenantRequest, cohort: Cohort, enrolment_id: UUID) -> HttpResponse:
    """Somebody's, for those who run the cohort."""
    return _of(Enrolment.objects.filter(cohort=cohort, pk=enrolment_id).first(), cohort)


@require_GET
@of_cohort("programmes.facilitate")
def of_all(request: TenantRequest, cohort: Cohort) -> HttpResponse:
    """Everybody's that hold, in one file to print; who took it out is kept."""
    diplomas = diplomas_of(cohort)
    if not diplomas:
        raise Http404
    audit.record(
        "programmes.print_diplomas", actor=request.user, subject=cohort, municipality_id=cohort.municipality_id
    )
    return _file(diplomas, cohort, name=cohort.slug)


def _of(enrolment: Enrolment | None, cohort: Cohort) -> HttpResponse:
    diploma = diploma_of(enrolment) if enrolment else None
    if diploma is None:
        raise Http404
    return _file([diploma], cohort, name=plain(diploma.enrolment.name))


def _file(diplomas: list[Diploma], cohort: Cohort, *, name: str) -> HttpResponse:
    file_name = f"{_('diploma')}-{cohort.programme.slug}-{name}.pdf"
    response = HttpResponse(diplomas_pdf(diplomas, cohort=cohort), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response["Cache-Control"] = "private, no-store"
    return response
