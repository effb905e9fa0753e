"""The QR code and the poster of a unit, for whoever works in the municipality."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from grobunn.organisations.models import Municipality
from grobunn.organisations.posters import box_url, poster_pdf
from grobunn.organisations.views.access import of_municipality
from grobunn.organisations.views.units import unit_or_404
from grobunn.ui import qr


@require_GET
@of_municipality("organisations.print_poster")
def svg(request: HttpRequest, municipality: Municipality, unit: str) -> HttpResponse:
    shown = unit_or_404(municipality, unit)
    title = _("QR code to the idea box of %(unit)s") % {"unit": shown.name}
    return _file(qr.svg(box_url(municipality, shown), title=title).encode(), "image/svg+xml", f"{shown.slug}.svg")


@require_GET
@of_municipality("organisations.print_poster")
def pdf(request: HttpRequest, municipality: Municipality, unit: str) -> HttpResponse:
    shown = unit_or_404(municipality, unit)
    return _file(poster_pdf(municipality, shown), "application/pdf", f"{shown.slug}.pdf")


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
