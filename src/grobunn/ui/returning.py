"""Back to where somebody came from: a page of ours, never another site."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def page_of_ours(request: HttpRequest, wanted: str) -> str:
    """The address that was asked for, or "" if it leads to another site."""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else ""


def way_back(request: HttpRequest) -> str:
    """The page that `tilbake` names; "" for none, or for one that is not ours."""
    return page_of_ours(request, request.POST.get("tilbake") or request.GET.get("tilbake") or "")
