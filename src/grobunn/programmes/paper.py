"""Diplomas on paper: a tagged PDF in the municipality's own language, a page for each."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from grobunn.organisations.models import Municipality
from grobunn.programmes import words
from grobunn.programmes.diplomas import written_number
from grobunn.programmes.models import Cohort, Diploma
from grobunn.programmes.queries.attended import Attended
from grobunn.ui import colours, dates, pdf, qr

# Hundreds of diplomas are made at once.
_MASK = 3


def check_page(municipality: Municipality, diploma: Diploma | None = None) -> str:
    """Where a diploma is checked, in full. Takes: diploma, whose number the address is to carry."""
    page = settings.SITE_URL + reverse("programmes:check_diploma", kwargs={"municipality": municipality.slug})
    return f"{page}?{urlencode({'nummer': written_number(diploma.number)})}" if diploma else page


def diplomas_pdf(diplomas: Sequence[Diploma], *, cohort: Cohort) -> bytes:
    """The PDF of some diplomas of one cohort, in the order given."""
    municipality = cohort.programme.municipality
    colour, ink = colours.filled(municipality.theme_colour)
    with translation.override(municipality.language):
        data = {
            "title": _("Diploma: %(programme)s, %(cohort)s") % {"programme": cohort.programme.name, "cohort": cohort},
            "language": municipality.language,
            "colour": colour,
            "ink": ink,
            "municipality": municipality.name,
            "word": _("Diploma"),
            "heads": [_("Gathering"), pgettext("diploma", "Attended"), _("Hours")],
            "total_word": _("Hours in all"),
            "diplomas": [_page(each, cohort) for each in diplomas],
        }
    return pdf.compile("programmes/diploma", data)


def _page(diploma: Diploma, cohort: Cohort) -> dict[str, Any]:
    enrolment, municipality = diploma.enrolment, cohort.programme.municipality
    attended = [Attended.from_kept(each) for each in diploma.gatherings]
    facts = {"programme": cohort.programme.name, "cohort": cohort.name, "municipality": municipality.name}
    address = check_page(municipality)
    return {
        "name": enrolment.name,
        "sentence": _("has completed %(programme)s, %(cohort)s, in %(municipality)s.") % facts,
        "notes": _notes(diploma),
        "rows": [[each.title, _when(each), _hours(each.hours) if each.days else "–"] for each in attended],
        "total": _hours(sum(each.hours for each in attended)),
        "facts": [
            {"label": _("Issued"), "value": dates.day(diploma.issued_on)},
            {"label": _("Number"), "value": written_number(diploma.number)},
        ],
        "check": _("Whoever is shown this can check the number here:"),
        "address": address.removeprefix("https://").removeprefix("http://"),
        "qr": qr.svg(check_page(municipality, diploma), title=_("QR code that checks this diploma"), mask=_MASK),
        "qr_words": _("QR code that checks this diploma"),
    }


def _notes(diploma: Diploma) -> list[str]:
    """What must be said before anything else."""
    said = []
    if diploma.withdrawn_at is not None:
        said.append(_("Withdrawn %(day)s. This diploma does not hold.") % {"day": dates.day(diploma.withdrawn_at)})
    if diploma.enrolment.is_synthetic:
        said.append(_("Synthetic: made up for the demonstration"))
    return said


def _when(attended: Attended) -> str:
    if not attended.days:
        return _("Made up for")
    return words.when(attended.days)


def _hours(hours: float) -> str:
    text = number_format(hours, 0 if hours == int(hours) else 1)
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if hours == 1 else 2) % {"hours": text}
