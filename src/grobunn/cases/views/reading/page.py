"""The page of a case: as it is now, and as an older edition told it."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from grobunn.cases.models import Case, Edition
from grobunn.cases.queries.beside import beside
from grobunn.cases.queries.published import (
    EditionLine,
    at_edition,
    contact_name,
    documents_of,
    gone_case,
    idea_of,
    pictures_of,
    published_case,
)
from grobunn.cases.states import CaseState
from grobunn.cases.views.adopting.box import adoption_panel
from grobunn.cases.views.reading.fetch import WHY_OPEN, of_case
from grobunn.cases.views.reading.told import Shown, told
from grobunn.ideas.rules import is_published
from grobunn.kernel import ids
from grobunn.kernel.permissions import open_to_all
from grobunn.search.engine.interface import Ref
from grobunn.search.mentions import MENTIONS


@require_GET
@open_to_all(WHY_OPEN)
def show_case(request: HttpRequest, slug: str) -> HttpResponse:
    """A case as it is now; of one that was taken away, that it was, and what stands in its place."""
    try:
        case = published_case(slug)
    except Case.DoesNotExist:
        return _gone(request, slug)
    about = beside(case)
    context = {
        "case": case,
        "told": told(_shown(case, about.editions, contact_name=contact_name(case), idea_url=_idea_url(case))),
        "verdict_key": ids.new_id(),
        "mentions": MENTIONS.parts_of(request, Ref("case", case.pk), request.user),
        **adoption_panel(request, case, about),
    }
    return render(request, "cases/case.html", context)


@require_GET
@open_to_all(WHY_OPEN)
@of_case
def show_edition(request: HttpRequest, case: Case, number: int) -> HttpResponse:
    """A case as it was told at a time."""
    try:
        old = at_edition(case, number)
    except Edition.DoesNotExist as error:
        raise Http404 from error
    editions = beside(case).editions
    edition = next(each for each in editions if each.number == number)
    context = {"case": old, "told": told(_shown(old, editions, edition=edition)), "edition": edition}
    return render(request, "cases/case.html", context)


def _shown(case: Case, editions: tuple[EditionLine, ...], **others: Any) -> Shown:
    pictures, documents = tuple(pictures_of(case)), tuple(documents_of(case))
    return Shown(case=case, pictures=pictures, documents=documents, editions=editions, **others)


def _gone(request: HttpRequest, slug: str) -> HttpResponse:
    gone = gone_case(slug)
    if gone is None:
        raise Http404
    other = gone.replaced_by
    replacement = other if other is not None and other.state == CaseState.PUBLISHED else None
    return render(request, "cases/gone.html", {"case": gone, "replacement": replacement}, status=HTTPStatus.GONE)


def _idea_url(case: Case) -> str:
    """The thread that the case ends, where everybody may read it."""
    idea = idea_of(case)
    if idea is None or not is_published(None, idea):
        return ""
    # An idea belongs to whoever keeps the case, or kept it.
    return reverse("ideas:thread", kwargs={"municipality": idea.municipality.slug, "reference": idea.reference})
