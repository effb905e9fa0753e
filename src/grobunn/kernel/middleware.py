"""What stands between the web server and a view."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from grobunn.kernel import permissions


class RequirePermission:
    """Serve no view without a declared permission; send the signed-out to the login and back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        try:
            permissions.gate(request, view)
        except PermissionDenied:
            if request.user.is_authenticated:
                raise
            return redirect_to_login(_page_of(request))
        return None


def _page_of(request: HttpRequest) -> str:
    """Where to come back to: the page asked for, or the one that a form was sent from, which can be visited."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    is_ours = came_from.netloc == request.get_host()
    return came_from._replace(scheme="", netloc="", fragment="").geturl() if is_ours and came_from.path else "/"
