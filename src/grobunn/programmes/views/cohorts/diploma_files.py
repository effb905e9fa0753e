"""All diplomas of a cohort in one file: asked for, waited for, fetched."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from grobunn.kernel import audit
from grobunn.organisations.requests import TenantRequest
from grobunn.programmes.addresses import cohort_page
from grobunn.programmes.keeping import KEEP_DIPLOMA_FILE_HOURS
from grobunn.programmes.models import Cohort, DiplomaFile
from grobunn.programmes.queries.diploma_files import file_of, is_current, is_under_way
from grobunn.programmes.queries.diplomas import diplomas_of
from grobunn.programmes.services.diploma_files import ask_for_file, channel_of
from grobunn.programmes.views.cohorts.diplomas import pdf_file
from grobunn.programmes.views.fetch import of_cohort
from grobunn.programmes.views.pages import cohort_tab


@require_http_methods(["GET", "POST"])
@of_cohort("programmes.facilitate")
def show(request: TenantRequest, cohort: Cohort) -> HttpResponse:
    """Whether the file is there; asking for it. Asked for its part alone, only what changes."""
    diplomas = diplomas_of(cohort)
    if not diplomas:
        raise Http404
    if request.method == "POST":
        ask_for_file(cohort, actor=request.user)
        return redirect(cohort_page(cohort, "diplomas"))
    file = file_of(cohort)
    is_ready = is_current(file, diplomas)
    context: dict[str, Any] = {
        "file": file,
        "count": len(diplomas),
        "is_ready": is_ready,
        "is_under_way": is_under_way(file),
        "is_outdated": file is not None and file.made_at is not None and not is_ready,
        "kept_hours": KEEP_DIPLOMA_FILE_HOURS,
        "channel": channel_of(cohort),
        "part": f"{cohort_page(cohort, 'diplomas')}?del",
    }
    if "del" in request.GET:
        its = {"cohort": cohort, "programme": cohort.programme, "municipality": cohort.programme.municipality}
        return render(request, "programmes/_diploma_file.html", {**its, **context})
    return cohort_tab(request, cohort, "programmes/diploma_files.html", tab="completion", **context)


@require_GET
@of_cohort("programmes.facilitate")
def fetch(request: TenantRequest, cohort: Cohort, file_id: UUID) -> HttpResponse:
    """The file, while it says what the diplomas say; who took it out is kept."""
    file = get_object_or_404(DiplomaFile, cohort=cohort, pk=file_id)
    if not is_current(file, diplomas_of(cohort)):
        return redirect(cohort_page(cohort, "diplomas"))
    audit.record(
        "programmes.print_diplomas", actor=request.user, subject=cohort, municipality_id=cohort.municipality_id
    )
    return pdf_file(bytes(file.content), cohort, name=cohort.slug)
