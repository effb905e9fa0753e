"""What somebody gets when a request cannot be answered: a page of ours that needs nothing which may have failed."""

import sys
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

from grobunn.kernel.api import problems

log = structlog.get_logger("grobunn.errors")

RETRY_AFTER_SECONDS = 5
DATABASE_IS_AWAY = (OperationalError, InterfaceError)
# Only when even the page about the error cannot be shown.
LAST_RESORT = (
    '<!doctype html><html lang="nb"><meta charset="utf-8"><title>Grobunn</title>'
    "<h1>Noe gikk galt hos oss</h1><p>Prøv igjen om noen minutter.</p>"
    '<p lang="en">Something went wrong with us. Try again in a few minutes.</p></html>'
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be understood. It may be forged, so nothing of it is used."""
    return _bare_page("400.html", HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: a right is missing inside one's own municipality."""
    return _framed_page(request, "403.html", HTTPStatus.FORBIDDEN)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is nothing, or nothing for whoever asks. The API says so in its own way."""
    if request.path.startswith("/api/"):
        return problems.answer(problems.NOT_FOUND)
    return _framed_page(request, "404.html", HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when it is the database that is away for a moment."""
    return _page_about(sys.exception())


def _framed_page(request: HttpRequest, name: str, status: HTTPStatus) -> HttpResponse:
    """A page with navigation and who is signed in, which asks the database."""
    try:
        return HttpResponse(loader.render_to_string(name, request=request), status=status)
    except DATABASE_IS_AWAY as error:
        return _page_about(error)


def _page_about(error: BaseException | None) -> HttpResponse:
    if isinstance(error, DATABASE_IS_AWAY):
        retry = {"Retry-After": str(RETRY_AFTER_SECONDS)}
        return _bare_page("503.html", HTTPStatus.SERVICE_UNAVAILABLE, headers=retry)
    return _bare_page("500.html", HTTPStatus.INTERNAL_SERVER_ERROR)


def _bare_page(name: str, status: HTTPStatus, *, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """A page made without the request: no session, no database."""
    try:
        text: Any = loader.render_to_string(name)
    except Exception as error:
        log.error("the page about an error is broken", page=name, exc_info=error)
        text = LAST_RESORT
    return HttpResponse(text, status=status, headers=headers)
