"""How a view finds its pitch day or its team's slot, and who may use the view."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404
from django.http.response import HttpResponseBase

from grobunn.kernel import permissions
from grobunn.kernel.permissions import requires
from grobunn.organisations.requests import TenantRequest
from grobunn.pitching.models import PitchDay, Slot
from grobunn.pitching.queries.days import day_by_slug, slot_of_team

Page = Callable[..., HttpResponseBase]


def day_or_404(request: TenantRequest, slug: str) -> PitchDay:
    """The day of an address, if the reader may see it. Raises: Http404."""
    day = day_by_slug(request.municipality, slug)
    if day is None or not permissions.is_allowed("pitching.view", request.user, day):
        raise Http404
    return day


def of_day(permission: str) -> Callable[[Page], Page]:
    """Give a view its day in place of the address's names, and ask for a permission on it (decorator).

    Who may not see the day does not find the page; who sees it without the right is refused.
    """

    def decorate(view: Page) -> Page:
        @requires(permission)
        @wraps(view)
        def found(request: TenantRequest, municipality: str, slug: str, **rest: object) -> HttpResponseBase:
            day = day_or_404(request, slug)
            permissions.check(permission, request.user, day)
            return view(request, day, **rest)

        return found

    return decorate


def of_slot(permission: str) -> Callable[[Page], Page]:
    """The same for a team's slot."""

    def decorate(view: Page) -> Page:
        @requires(permission)
        @wraps(view)
        def found(request: TenantRequest, municipality: str, slug: str, team: str, **rest: object) -> HttpResponseBase:
            slot: Slot | None = slot_of_team(day_or_404(request, slug), team)
            if slot is None:
                raise Http404
            permissions.check(permission, request.user, slot)
            return view(request, slot, **rest)

        return found

    return decorate
