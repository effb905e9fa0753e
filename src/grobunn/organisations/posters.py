"""The QR code of a unit's box, and the poster that carries it to the wall."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grobunn.organisations.models import Municipality, Unit
from grobunn.ui import colours, pdf, qr


def box_url(municipality: Municipality, unit: Unit) -> str:
    """Address of the box that a unit's code leads to."""
    return f"{settings.SITE_URL}/{municipality.slug}/{unit.slug}/ny"


def poster_pdf(municipality: Municipality, unit: Unit) -> bytes:
    """An A4 poster in the municipality's language and colour: what to do, the code, the address in letters."""
    url = box_url(municipality, unit)
    address = url.removeprefix("https://").removeprefix("http://")
    colour, ink = colours.filled(municipality.theme_colour)
    with translation.override(municipality.language):
        promise = ngettext(
            "You get an answer within %(count)d working day.",
            "You get an answer within %(count)d working days.",
            municipality.answer_days,
        )
        qr_words = _("QR code that leads to %(address)s") % {"address": address}
        data = {
            "language": municipality.language,
            "colour": colour,
            "ink": ink,
            "municipality": municipality.name,
            "unit": unit.name,
            "question": _("Do you have an idea?"),
            "how": _("Point your phone's camera at the code and write it down. It takes a minute."),
            "promise": promise % {"count": municipality.answer_days},
            "anonymous": _("You can be anonymous."),
            "address": address,
            "qr": qr.svg(url, title=qr_words),
            "qr_words": qr_words,
        }
    return pdf.compile("organisations/poster", data)
