"""Two or three examples side by side, section by section."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from grobunn.cases.models import Case
from grobunn.cases.queries.published import published_cases
from grobunn.cases.sections import Section
from grobunn.cases.telling import facts_of, key_facts_of, sections_of, tells_its_cost
from grobunn.kernel.permissions import open_to_all

MOST = 3


@dataclass(frozen=True)
class Row:
    """One thing that all are compared by. Takes: cells, a value a case, in the order of the cases."""

    label: str
    cells: Sequence[str | SafeString]
    is_text: bool = False


@require_GET
@open_to_all("What is published is read by everybody.")
def compare(request: HttpRequest) -> HttpResponse:
    """Raises: Http404 where one of them is not published, or is none."""
    slugs = list(dict.fromkeys(request.GET.getlist("case")))[:MOST]
    cases = published_cases(slugs)
    if len(cases) != len(slugs):
        raise Http404
    return render(request, "cases/compare.html", {"cases": cases, "rows": _rows(cases) if len(cases) > 1 else []})


def _rows(cases: Sequence[Case]) -> list[Row]:
    # Where none tells what it cost, one row says so in place of three.
    is_told = any(tells_its_cost(case) for case in cases)
    facts = [
        {fact.label: fact.value for fact in (*(key_facts_of(case) if is_told else ()), *facts_of(case))}
        for case in cases
    ]
    labels = list(dict.fromkeys(label for told in facts for label in told))
    rows = [Row(_("In use elsewhere"), [str(case.adoption_count) for case in cases])]
    if not is_told:
        rows.append(Row(_("Cost and work"), [pgettext("amount", "Not stated")] * len(cases)))
    rows += [Row(label, [told.get(label, "") for told in facts]) for label in labels]
    return rows + _told(cases)


def _told(cases: Sequence[Case]) -> list[Row]:
    sections: list[Any] = list(zip(*(sections_of(case) for case in cases), strict=True))
    rows = [Row(row[0].label, [each.html or each.missing for each in row], is_text=True) for row in sections[:-1]]
    return [*rows, Row(str(Section.CONTACT.label), [_contact(case) for case in cases], is_text=True)]


def _contact(case: Case) -> SafeString:
    """The role that answers, and its mailbox, as on the case's own page."""
    unit = f", {case.contact_unit.name}" if case.contact_unit else ""
    lines = [f"{case.get_contact_role_display()}{unit}, {case.municipality.name}", case.contact_mailbox]
    return format_html("<p>{}</p>", format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines if line)))
