"""The QR code of a unit's box, and the poster that carries it to the wall."""

import json
from functools import lru_cache
from importlib import resources
from io import BytesIO

import segno
import typst
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grobunn.organisations.models import Municipality, Unit


def box_url(municipality: Municipality, unit: Unit) -> str:
    """Address of the box that a unit's code leads to."""
    return f"{settings.SITE_URL}/{municipality.slug}/{unit.slug}/ny"


def qr_svg(url: str, *, title: str) -> bytes:
    """A QR code as SVG, readable with a quarter of it worn away (error correction level Q).

    Takes: title, what a screen reader says.
    """
    written = BytesIO()
    segno.make(url, error="q", micro=False).save(
        written, kind="svg", scale=8, border=4, title=title, svgclass=None, lineclass=None, nl=False
    )
    return written.getvalue()


def poster_pdf(municipality: Municipality, unit: Unit) -> bytes:
    """An A4 poster in the municipality's language: what to do, the code, the address in letters."""
    url = box_url(municipality, unit)
    with translation.override(municipality.language):
        words = {
            "language": municipality.language,
            "colour": municipality.theme_colour or "#1f5c4d",
            "municipality": municipality.name,
            "unit": unit.name,
            "question": _("Do you have an idea?"),
            "how": _("Point your phone's camera at the code and write it down. It takes a minute."),
            "promise": ngettext(
                "You get an answer within %(count)d working day.",
                "You get an answer within %(count)d working days.",
                municipality.answer_days,
            )
            % {"count": municipality.answer_days},
            "anonymous": _("You can be anonymous."),
            "or_write": _("Or write this address in the browser:"),
            "address": url.removeprefix("https://").removeprefix("http://"),
        }
        alternative = _("QR code that leads to %(address)s") % {"address": words["address"]}
    words["alternative"] = alternative
    return _typeset(json.dumps(words, sort_keys=True), qr_svg(url, title=alternative))


@lru_cache(maxsize=64)
def _typeset(words: str, code: bytes) -> bytes:
    source = resources.files("grobunn.organisations").joinpath("data", "poster.typ").read_bytes()
    # The stubs know one file only; several come as a mapping of names to contents.
    made = typst.compile({"main": source, "code.svg": code}, sys_inputs={"words": words})  # type: ignore[call-overload]
    return bytes(made)
