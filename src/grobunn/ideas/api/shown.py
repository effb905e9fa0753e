"""How the API finds and shows what belongs to ideas."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from grobunn.ideas.models import Idea
from grobunn.ideas.queries.ideas import idea_by_receipt
from grobunn.ideas.queries.life import holder_phrase
from grobunn.kernel import ids
from grobunn.organisations.models import Municipality, Unit
from grobunn.organisations.queries import municipality_by_slug, unit_by_slug
from grobunn.search.queries import similar

_NAME_IN_ADDRESSES = re.compile(r"[a-z0-9-]{1,80}")


def is_name_in_addresses(name: str) -> bool:
    """Whether a name could be one at all; anything else is not looked up."""
    return _NAME_IN_ADDRESSES.fullmatch(name) is not None


def municipality_or_404(slug: str) -> Municipality:
    """The municipality of an address."""
    try:
        if is_name_in_addresses(slug):
            return municipality_by_slug(slug)
    except Municipality.DoesNotExist as error:
        raise Http404 from error
    raise Http404


def unit_of(municipality_id: UUID, slug: str) -> Unit | None:
    """A unit by its short name, or None."""
    try:
        return unit_by_slug(municipality_id, slug) if is_name_in_addresses(slug) else None
    except Unit.DoesNotExist:
        return None


def idea_of_receipt_or_404(receipt: str) -> Idea:
    """The idea of a receipt code, however it is typed."""
    code = ids.normalised_receipt(receipt)
    idea = idea_by_receipt(code) if code else None
    if idea is None:
        raise Http404
    return idea


def holder(idea: Idea) -> dict[str, str]:
    """Who owes the answer."""
    unit = idea.holder_unit.name if idea.holder_unit else ""
    return {"role": idea.holder_role, "unit": unit, "words": holder_phrase(idea.holder_role, unit)}


def idea_url(request: HttpRequest, municipality: Municipality, idea: Idea) -> str:
    """The idea's page."""
    path = reverse("ideas:thread", kwargs={"municipality": municipality.slug, "reference": idea.reference})
    return request.build_absolute_uri(path)


def thread_url(request: HttpRequest, idea: Idea) -> str:
    """The thread's page for whoever has the receipt."""
    return request.build_absolute_uri(reverse("ideas:thread_by_receipt", kwargs={"receipt": idea.receipt}))


def similar_to(
    request: HttpRequest,
    text: str,
    *,
    municipality_id: UUID,
    exclude: Iterable[tuple[str, UUID]] = (),
    limit: int = 5,
) -> list[dict[str, Any]]:
    """What is like a text and the caller may read."""
    matches = similar(text, user=request.user, municipality_id=municipality_id, exclude=exclude, limit=limit)
    return [
        {
            "kind": match.kind,
            "title": match.title,
            "url": request.build_absolute_uri(match.url),
            "municipality": match.municipality_slug,
            "state": match.state,
            "score": match.score,
            "why": list(match.why),
            "passage": match.passage,
        }
        for match in matches
    ]
