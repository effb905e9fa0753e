"""Who comes to which page of a municipality."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase

from grobunn.kernel import permissions
from grobunn.kernel.permissions import requires
from grobunn.organisations.queries import is_member
from grobunn.organisations.requests import TenantRequest

Page = Callable[..., HttpResponseBase]


def asks_here(permission: str) -> Callable[[Page], Page]:
    """Ask for a permission in the municipality of the address (decorator of a view).

    Outsiders do not find the page; colleagues without the right are refused.
    """

    def decorate(view: Page) -> Page:
        @requires(permission)
        @wraps(view)
        def checked(request: TenantRequest, municipality: str, **rest: object) -> HttpResponseBase:
            here = request.municipality
            if not permissions.is_allowed(permission, request.user, here):
                if is_member(request.user, here.pk):
                    raise PermissionDenied(permission)
                raise Http404
            return view(request, **rest)

        return checked

    return decorate
