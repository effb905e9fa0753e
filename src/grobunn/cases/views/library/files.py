"""What the library found as a file: every row, in the words of the reader's language."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from grobunn.cases.addresses import case_address
from grobunn.cases.codes import los_name
from grobunn.cases.library.found import Found
from grobunn.cases.models import Case, InnovationKind
from grobunn.cases.queries.listing import whole_cases
from grobunn.cases.telling import kostra_words, stage_words
from grobunn.kernel import clock
from grobunn.kernel.sheets import CSV_TYPE, XLSX_TYPE, csv_pieces, xlsx_file
from grobunn.ui import languages

# What one file holds; beyond it the API is read page by page.
MOST_ROWS = 5_000
_TYPES = {"csv": CSV_TYPE, "xlsx": XLSX_TYPE}

HEADS = (
    pgettext_lazy("case", "Title"),
    gettext_lazy("Lead"),
    gettext_lazy("Municipality"),
    gettext_lazy("Did it work?"),
    gettext_lazy("How far it has come"),
    gettext_lazy("Cost once, in kroner"),
    gettext_lazy("Cost a year, in kroner"),
    gettext_lazy("Hours of work to introduce it"),
    gettext_lazy("In use elsewhere"),
    gettext_lazy("Kind of innovation"),
    gettext_lazy("KOSTRA functions"),
    gettext_lazy("Themes"),
    gettext_lazy("Written in"),
    gettext_lazy("Published"),
    gettext_lazy("Synthetic"),
    gettext_lazy("Address to share"),
)


def file_of(found: Found, *, kind: str) -> HttpResponse:
    """The rows as "csv" or "xlsx". Raises: Http404 for any other kind."""
    if kind not in _TYPES:
        raise Http404
    response = HttpResponse(_content(whole_cases(found.ids), kind), content_type=_TYPES[kind])
    name = f"eksempler-{clock.today().isoformat()}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _content(cases: Iterable[Case], kind: str) -> bytes:
    heads, rows = [str(head) for head in HEADS], _rows(cases)
    if kind == "csv":
        return b"".join(csv_pieces(heads, rows))
    with xlsx_file(heads, rows, title=_("Examples")) as book:
        return book.read()


def _rows(cases: Iterable[Case]) -> Iterator[list[Any]]:
    yes, no = _("yes"), _("no")
    for case in cases:
        yield [
            case.title,
            case.lead,
            case.municipality.name,
            case.get_kind_display(),
            stage_words(case),
            case.one_off_nok,
            case.yearly_nok,
            case.hours,
            case.adoption_count,
            ", ".join(str(InnovationKind(kind).label) for kind in case.innovation_kinds),
            ", ".join(map(kostra_words, case.kostra)),
            ", ".join(map(los_name, case.los)),
            languages.OWN_NAMES.get(case.language, case.language),
            timezone.localdate(case.published_at) if case.published_at else None,
            yes if case.is_synthetic else no,
            case_address(case),
        ]
