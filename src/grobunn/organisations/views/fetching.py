"""How a view gets the thing that its address names, and asks who may use it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http.response import HttpResponseBase

from grobunn.kernel import permissions
from grobunn.kernel.permissions import requires
from grobunn.organisations.requests import TenantRequest

Page = Callable[..., HttpResponseBase]


def given(find: Callable[..., Any], *names: str) -> Callable[[str], Callable[[Page], Page]]:
    """A decorator that gives a view its thing in place of names of the address, and asks for a permission on it.

    Takes:   find, from the request and the names' values, in their order; raises Http404 for whoever does not see it.
    Returns: what is called with the permission's name. Who sees the thing without the right is refused.
    """

    def asking(permission: str) -> Callable[[Page], Page]:
        def decorate(view: Page) -> Page:
            @requires(permission)
            @wraps(view)
            def found(request: TenantRequest, municipality: str, **named: Any) -> HttpResponseBase:
                its = find(request, *(named.pop(name) for name in names))
                permissions.check(permission, request.user, its)
                return view(request, its, **named)

            return found

        return decorate

    return asking
