"""What the pages of capacity have in common: who comes in, and the tabs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from grobunn.capacity.addresses import address
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


def page(request: TenantRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponseBase:
    """A page of capacity with its tabs."""
    return render(request, template, {"tabs": _tabs(request), **context}, status=status)


def _tabs(request: TenantRequest) -> list[tuple[str, str, bool]]:
    """Label, address, and whether it is the page that is shown."""
    here = request.municipality
    named = ((_("Overview"), "overview"), (_("In the queue"), "queue"), (_("My hours"), "hours"))
    return [(label, url, request.path == url) for label, name in named for url in [address(name, here)]]


def sends(request: HttpRequest) -> bool:
    """Whether a form was sent."""
    return request.method == "POST"
