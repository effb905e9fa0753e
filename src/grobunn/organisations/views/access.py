"""Who comes into the set-up of which municipality."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse

from grobunn.kernel import permissions
from grobunn.organisations import queries
from grobunn.organisations.models import Municipality
from grobunn.organisations.requests import TenantRequest

Page = Callable[..., HttpResponse]


def of_municipality(permission: str, *, is_read_afresh: bool = False) -> Callable[[Page], Page]:
    """Ask for a permission in the municipality of the address (decorator of a view).

    The view gets the municipality in place of the slug; is_read_afresh, where the view shows what it also changes.
    Outsiders do not find the page; members without the right
    are refused.
    """

    def decorate(view: Page) -> Page:
        @permissions.requires(permission)
        @wraps(view)
        def checked(request: TenantRequest, municipality: str, **kwargs: Any) -> HttpResponse:
            here: Municipality = _read_afresh(request) if is_read_afresh else request.municipality
            if not queries.is_member(request.user, here.pk):
                raise Http404
            permissions.check(permission, request.user, here)
            return view(request, here, **kwargs)

        return checked

    return decorate


def _read_afresh(request: TenantRequest) -> Municipality:
    """The municipality as it is now: whoever has just changed it must see the change, whichever process answers."""
    kept: Municipality = request.municipality
    queries.forget_municipality(kept)
    fresh = queries.municipality_by_slug(kept.slug)
    request.municipality = fresh
    return fresh


set_up_page = of_municipality("organisations.set_up")
municipality_page = of_municipality("organisations.set_up", is_read_afresh=True)
