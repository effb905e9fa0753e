"""How a view finds its initiative, and who may use the view."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404
from django.http.response import HttpResponseBase

from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.initiatives import initiative_by_reference
from grobunn.kernel import permissions
from grobunn.kernel.permissions import requires
from grobunn.organisations.requests import TenantRequest

Page = Callable[..., HttpResponseBase]


def initiative_or_404(request: TenantRequest, reference: str) -> Initiative:
    """The initiative of a reference in the municipality of the address, if the reader may see it. Raises: Http404."""
    initiative = initiative_by_reference(reference, actor=request.user)
    if initiative is None or initiative.municipality_id != request.municipality.pk:
        raise Http404
    return initiative


def of_initiative(permission: str) -> Callable[[Page], Page]:
    """Give a view its initiative in place of the address's names, and ask for a permission on it (decorator).

    Who does not see the initiative does not find the page; who sees it without the right is refused.
    """

    def decorate(view: Page) -> Page:
        @requires(permission)
        @wraps(view)
        def found(request: TenantRequest, municipality: str, reference: str, **rest: object) -> HttpResponseBase:
            initiative = initiative_or_404(request, reference)
            permissions.check(permission, request.user, initiative)
            return view(request, initiative, **rest)

        return found

    return decorate
