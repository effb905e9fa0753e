"""The page of a case: as it is now, and as an older edition told it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from grobunn.cases.addresses import case_address
from grobunn.cases.metadata import head_of
from grobunn.cases.models import Case, Edition
from grobunn.cases.queries.published import at_edition, contact_name, documents_of, editions_of, pictures_of
from grobunn.cases.telling import facts_of, key_facts_of, sections_of, tells_its_cost
from grobunn.cases.views.adopting.box import adoption_panel
from grobunn.cases.views.reading.fetch import WHY_OPEN, of_case
from grobunn.ideas.rules import is_published
from grobunn.kernel import ids
from grobunn.kernel.permissions import open_to_all


@require_GET
@open_to_all(WHY_OPEN)
@of_case
def show_case(request: HttpRequest, case: Case) -> HttpResponse:
    """A case as it is now."""
    context = _told(case) | adoption_panel(request, case)
    context |= {
        "editions": editions_of(case),
        "contact_name": contact_name(case),
        "idea_url": _idea_url(case),
        "verdict_key": ids.new_id(),
    }
    return render(request, "cases/case.html", context)


@require_GET
@open_to_all(WHY_OPEN)
@of_case
def show_edition(request: HttpRequest, case: Case, number: int) -> HttpResponse:
    """A case as it was told at a time."""
    editions = editions_of(case)
    try:
        told = at_edition(case, number)
    except Edition.DoesNotExist as error:
        raise Http404 from error
    edition = next(each for each in editions if each.number == number)
    context = _told(told) | {"edition": edition, "editions": editions, "is_latest": edition == editions[0]}
    return render(request, "cases/case.html", context)


def _told(told: Case) -> dict[str, Any]:
    pictures = pictures_of(told)
    return {
        "head": head_of(told, pictures=pictures),
        "case": told,
        "sections": sections_of(told),
        "key_facts": key_facts_of(told) if tells_its_cost(told) else [],
        "facts": facts_of(told),
        "pictures": pictures,
        "documents": documents_of(told),
        "share_url": case_address(told),
    }


def _idea_url(case: Case) -> str:
    """The thread that the case ends, where everybody may read it."""
    if case.idea is None or not is_published(None, case.idea):
        return ""
    # An idea belongs to whoever keeps the case, or kept it.
    return reverse(
        "ideas:thread", kwargs={"municipality": case.idea.municipality.slug, "reference": case.idea.reference}
    )
