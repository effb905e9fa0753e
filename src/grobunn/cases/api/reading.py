"""Reading cases over the API: the library as a list or a table, one case, one case for OPSI's form."""

import csv
import io
from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query

from grobunn.cases.api.router import router
from grobunn.cases.api.schemas import CasesAsked, CasesOut, OpsiOut, WholeCaseOut
from grobunn.cases.library.alike import Likes, likes_of
from grobunn.cases.library.found import find
from grobunn.cases.models import Case
from grobunn.cases.queries.listing import whole_cases
from grobunn.cases.queries.published import editions_of, published_case
from grobunn.cases.shown import CSV_COLUMNS, case_fields, csv_row, opsi_form, opsi_markdown, whole_case_fields
from grobunn.kernel.api.access import open_to_all
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import municipality_by_slug

WHY = "What is published is for everybody."
# What one table holds; beyond it the list is read page by page.
MOST_ROWS = 5_000


@router.get("/cases", response=CasesOut, auth=open_to_all("cases:read", why=WHY))
def list_cases(request: HttpRequest, response: HttpResponse, given: Query[CasesAsked]) -> Any:
    """Published cases, narrowed as in the library; as JSON in pages, or as CSV (at most 5,000 rows)."""
    asked, likes = given.asked(), likes_of(given.like) if given.like else None
    if given.like and likes is None:
        raise Http404
    size = MOST_ROWS if given.format == "csv" else given.limit
    found = find(asked, user=request.user, municipality_ids=_wanted(given.municipality, likes), size=size)
    cases = whole_cases(found.ids)
    if given.format == "csv":
        return _table(cases)
    following = _next(request, found.next_cursor)
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return {"items": [case_fields(case) for case in cases], "count": found.total, "next": following}


def _wanted(slug: str, likes: Likes | None) -> frozenset[UUID] | None:
    """Whose cases are wanted, None for all. Raises: Http404 for a municipality that nobody knows."""
    if not slug:
        return likes.ids if likes else None
    try:
        wanted = frozenset({municipality_by_slug(slug).pk})
    except Municipality.DoesNotExist as error:
        raise Http404 from error
    return wanted & likes.ids if likes else wanted


def _next(request: HttpRequest, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    query = request.GET.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _table(cases: list[Case]) -> HttpResponse:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(CSV_COLUMNS)
    writer.writerows([_harmless(cell) for cell in csv_row(case)] for case in cases)
    response = HttpResponse(written.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="eksempler.csv"'
    return response


def _harmless(cell: str) -> str:
    """A spreadsheet takes what begins so for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


@router.get("/cases/{slug}", response=WholeCaseOut, auth=open_to_all("cases:read", why=WHY))
def show_case(request: HttpRequest, slug: str) -> dict[str, Any]:
    """One published case, with its seven sections."""
    case = _case_or_404(slug)
    return whole_case_fields(case, editions=len(editions_of(case)))


@router.get("/cases/{slug}/opsi", response=OpsiOut, auth=open_to_all("cases:read", why=WHY))
def show_for_opsi(request: HttpRequest, slug: str, format: Literal["json", "md"] = "json") -> Any:  # noqa: A002 -- name in addresses
    """A case under the English headings of OPSI's case study form, as JSON or as Markdown."""
    case = _case_or_404(slug)
    if format == "md":
        return HttpResponse(opsi_markdown(case), content_type="text/markdown; charset=utf-8")
    return opsi_form(case)


def _case_or_404(slug: str) -> Case:
    try:
        return published_case(slug)
    except Case.DoesNotExist as error:
        raise Http404 from error
