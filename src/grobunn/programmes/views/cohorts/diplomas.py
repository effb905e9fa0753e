"""Diplomas as PDF: one's own, and for those who run a cohort one of it; all of it in `diploma_files.py`."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from grobunn.kernel.permissions import open_to_all
from grobunn.kernel.slugs import plain
from grobunn.organisations.requests import TenantRequest, signed_in
from grobunn.programmes.answering import enrolment_of_key
from grobunn.programmes.models import Cohort, Enrolment
from grobunn.programmes.paper import diplomas_pdf
from grobunn.programmes.queries.diplomas import diploma_of
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


def _of(enrolment: Enrolment | None, cohort: Cohort) -> HttpResponse:
    diploma = diploma_of(enrolment) if enrolment else None
    if diploma is None:
        raise Http404
    return pdf_file(diplomas_pdf([diploma], cohort=cohort), cohort, name=plain(diploma.enrolment.name))


def pdf_file(content: bytes, cohort: Cohort, *, name: str) -> HttpResponse:
    """Diplomas of a cohort as a file that no browser keeps. Takes: name, of whose they are, in the file's name."""
    file_name = f"{_('diploma')}-{cohort.programme.slug}-{name}.pdf"
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response["Cache-Control"] = "private, no-store"
    return response
