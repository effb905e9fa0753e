"""A case for use elsewhere: the picture that goes with its address, the paper to print and to send."""

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from grobunn.cases.models import Case
from grobunn.cases.paper import case_pdf
from grobunn.cases.views.reading.fetch import WHY_OPEN, of_case
from grobunn.kernel.limits import Rate, limited
from grobunn.kernel.permissions import open_to_all
from grobunn.ui.share_picture import picture

# Each takes some tens of milliseconds to make.
_KNOWN, _UNKNOWN = Rate(count=60, seconds=60), Rate(count=300, seconds=60)
_KEPT = "public, max-age=3600"


@require_GET
@open_to_all(WHY_OPEN)
@limited("cases.make_paper", known=_KNOWN, unknown=_UNKNOWN)
@of_case
def show_share_picture(request: HttpRequest, case: Case) -> HttpResponse:
    """The picture of Open Graph, in the language of the case."""
    with translation.override(case.language):
        kind = pgettext("found case", "Learning") if case.is_learning else pgettext("found case", "Example")
    made = picture(title=case.title, place=case.municipality.name, kind=kind)
    return HttpResponse(made, content_type="image/png", headers={"Cache-Control": _KEPT})


@require_GET
@open_to_all(WHY_OPEN)
@limited("cases.make_paper", known=_KNOWN, unknown=_UNKNOWN)
@of_case
def show_pdf(request: HttpRequest, case: Case) -> HttpResponse:
    """The case as a tagged PDF, in the language of the case."""
    response = HttpResponse(case_pdf(case), content_type="application/pdf", headers={"Cache-Control": _KEPT})
    response["Content-Disposition"] = f'inline; filename="{slugify(case.slug)}.pdf"'
    return response
