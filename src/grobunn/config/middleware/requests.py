"""The outermost layers of every request: its id, its line in the log, its count, its proxies, the probes."""

import re
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from grobunn.config import health, metrics
from grobunn.config.log_lines import route_of
from grobunn.kernel import ids

Handler = Callable[[HttpRequest], HttpResponse]

log = structlog.get_logger("grobunn.request")

# What a caller may give as the id of its request: it comes back in the response and in every line of the log.
_SANE_ID = re.compile(r"[A-Za-z0-9_.:-]{8,64}")
_PROBES = {"/healthz": health.live, "/readyz": health.ready, "/metrics": metrics.page}
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED")


class RequestLine:
    """Give each request an id and write one line about it: what was asked for by pattern, the answer, the time.

    Neither the address of the caller nor the path is written: a path may hold a receipt code.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request_id = given if _SANE_ID.fullmatch(given) else ids.new_id().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Request-Id"] = request_id
        if not request.path.startswith(settings.STATIC_URL) and request.path not in _PROBES:
            seconds = time.perf_counter() - started
            route = route_of(request)
            metrics.note_request(method=request.method or "", route=route, status=response.status_code, seconds=seconds)
            log.info(
                "request",
                method=request.method,
                route=route,
                status=response.status_code,
                milliseconds=round(seconds * 1000, 1),
            )
        return response


class TrustedProxies:
    """Believe what the operator's own reverse proxies say about a request, and nobody else.

    With n trusted proxies the caller is the n-th from the right in X-Forwarded-For. With none the headers are removed,
    so that nothing further in takes them for true.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.count = settings.TRUSTED_PROXIES

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta = request.META
        meta["grobunn.is_forwarded"] = any(name in meta for name in _FORWARDED)
        if self.count:
            callers = [part.strip() for part in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
            if callers:
                meta["REMOTE_ADDR"] = callers[-min(self.count, len(callers))]
            if meta.get("HTTP_X_FORWARDED_PROTO", "").split(",")[-1].strip() == "https":
                meta["wsgi.url_scheme"] = "https"
        else:
            for name in _FORWARDED:
                meta.pop(name, None)
        return self.get_response(request)


class Probes:
    """Answer /healthz, /readyz and /metrics before anything that asks for a host name, a session or a language."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = _PROBES.get(request.path)
        return probe(request) if probe else self.get_response(request)
