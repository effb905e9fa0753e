"""The tenant of a request: its municipality, its scope in the database and its language."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django_scopes import scope

from grobunn.kernel import clock
from grobunn.organisations import queries
from grobunn.organisations.models import Municipality
from grobunn.ui import dates, languages


class Tenant:
    """Open the municipality of an address `/<municipality>/…` around the whole request.

    Its scope holds while the view runs, while its template renders and while its answer streams. An unknown address
    is not found; the address of a municipality that merged leads on to the one that it went into.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with ExitStack() as tenant:
            request.tenant_stack = tenant  # type: ignore[attr-defined]
            request.municipality = None  # type: ignore[attr-defined]
            request.home_municipality = SimpleLazyObject(lambda: queries.home_of(request.user))  # type: ignore[attr-defined]
            response = self.get_response(request)
            municipality: Municipality | None = request.municipality  # type: ignore[attr-defined]
            if municipality is not None and isinstance(response, StreamingHttpResponse):
                _stream_inside(response, municipality, translation.get_language())
            return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        slug = kwargs.get("municipality")
        if slug is None:
            translation.activate(language_of(request, None))
            return None
        try:
            municipality = queries.municipality_by_slug(slug)
        except Municipality.DoesNotExist as error:
            raise Http404 from error
        translation.activate(language_of(request, municipality))
        if municipality.has_ended(clock.today()):
            return _lead_on(request, municipality)
        request.municipality = municipality  # type: ignore[attr-defined]
        request.tenant_stack.enter_context(scope(municipality=municipality.pk))  # type: ignore[attr-defined]
        return None


def language_of(request: HttpRequest, municipality: Municipality | None) -> str:
    """The language of a page: the person's choice, else the browser's, else the municipality's form."""
    return languages.chosen(request) or _browser_language(request) or (municipality or _NOWHERE).language


_NOWHERE = Municipality(default_language=settings.LANGUAGE_CODE)


def _browser_language(request: HttpRequest) -> str | None:
    """The first language that the browser asks for and we speak; plain "no" leaves the form to the municipality."""
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        language = code.split("-")[0]
        if language == "no":
            return None
        if language in languages.OWN_NAMES:
            return language
    return None


def _lead_on(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Send the visitor of a merged municipality to the same page of its successor, and say why."""
    succession = queries.successor_of(municipality)
    if succession is None or request.method not in {"GET", "HEAD"}:
        raise Http404
    messages.info(
        request,
        _("%(old)s became part of %(new)s on %(date)s. You are now at %(new)s.")
        % {
            "old": succession.predecessor.name,
            "new": succession.successor.name,
            "date": dates.day(succession.on),
        },
    )
    path = request.get_full_path().replace(f"/{municipality.slug}/", f"/{succession.successor.slug}/", 1)
    return HttpResponseRedirect(path)


def _stream_inside(response: StreamingHttpResponse, municipality: Municipality, language: str | None) -> None:
    """Let each piece of a stream be made in the tenant's scope and language."""
    pieces = response.streaming_content
    if response.is_async:
        raise TypeError("Pages are served by WSGI: a stream must be a plain iterator.")
    response.streaming_content = _pieces_inside(pieces, municipality, language)  # type: ignore[arg-type]


def _pieces_inside(pieces: Iterable[bytes], municipality: Municipality, language: str | None) -> Iterator[bytes]:
    source = iter(pieces)
    while True:
        with scope(municipality=municipality.pk), translation.override(language):
            piece = next(source, None)
        if piece is None:
            return
        yield piece
