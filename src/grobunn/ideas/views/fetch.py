"""How a view finds its idea: by receipt or by reference, and 404 for whoever may not see it."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import translation
from django_scopes import scope

from grobunn.ideas.models import Idea
from grobunn.ideas.queries.ideas import idea_by_receipt, idea_by_reference
from grobunn.kernel import ids
from grobunn.kernel.actors import ReceiptHolder
from grobunn.organisations.middleware import language_of
from grobunn.organisations.requests import TenantRequest

ReceiptView = Callable[..., HttpResponseBase]


def idea_or_404(request: TenantRequest, reference: str) -> Idea:
    """The idea of a reference that the signed-in reader may see."""
    idea = idea_by_reference(reference, actor=request.user)
    if idea is None:
        raise Http404
    return idea


def with_receipt(view: ReceiptView) -> Callable[..., HttpResponseBase]:
    """Give a view the idea of its receipt code and the holder of the code, inside the idea's municipality.

    The address does not name the municipality, so its language is chosen here.
    """

    @wraps(view)
    def found(request: TenantRequest, receipt: str, **rest: object) -> HttpResponseBase:
        code = ids.normalised_receipt(receipt)
        idea = idea_by_receipt(code) if code else None
        if idea is None:
            raise Http404
        request.municipality = idea.municipality
        translation.activate(language_of(request, idea.municipality))
        with scope(municipality=idea.municipality_id):
            response = view(request, idea, ReceiptHolder(idea.receipt), **rest)
        response["X-Robots-Tag"] = "noindex"
        response["Cache-Control"] = "no-store, private"
        return response

    return found
