"""Reads that are not sent again to whoever has them: each answer has an ETag, and is asked after with If-None-Match."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, has_vary_header, patch_vary_headers
from django.utils.http import quote_etag

from grobunn.kernel.api.callers import SAFE_METHODS

# Whoever asks, and in which language, decides what is answered.
_VARIES_BY = ("Authorization", "Cookie", "Accept-Language")


def kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An answer with its ETag, or 304 where the caller has it already (RFC 9110 § 13).

    What must not be stored, what streams and what is no plain success is left alone.
    """
    is_read = request.method in SAFE_METHODS and response.status_code == 200 and not response.streaming
    if not is_read or "no-store" in response.get("Cache-Control", ""):
        return response
    if "ETag" not in response:
        response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response.headers.setdefault("Cache-Control", "private, no-cache")  # Kept, but asked after each time.
    if not all(has_vary_header(response, name) for name in _VARIES_BY):
        patch_vary_headers(response, _VARIES_BY)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
