"""Pages go compressed where their length can tell nobody a secret."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressedPages(GZipMiddleware):
    """Compress pages, but none that somebody else could make tell its secrets by its length (BREACH).

    Guessing needs a secret and the guess in one page. So two kinds go as they are: what must not be stored anywhere
    (that is how pages with receipt codes, keys and the like are marked), and what whoever is signed in gets from an
    address with a query, into which anybody can have written. Decision 0055.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not _is_page(request, response) or _may_tell(request, response):
            return response
        return super().process_response(request, response)


def _is_page(request: HttpRequest, response: HttpResponseBase) -> bool:
    """What the server wrote to be read; the answer to a form may hold what was made just now."""
    return request.method in ("GET", "HEAD") and response.get("Content-Type", "").startswith("text/html")


def _may_tell(request: HttpRequest, response: HttpResponseBase) -> bool:
    is_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    has_guess = bool(request.META.get("QUERY_STRING"))
    return "no-store" in response.get("Cache-Control", "") or (is_signed_in and has_guess)
