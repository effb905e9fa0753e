"""What the pages of capacity have in common: the tabs."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from grobunn.capacity.addresses import address
from grobunn.organisations.requests import TenantRequest


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
