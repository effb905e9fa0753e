"""Counts and times for Prometheus, summed over all processes; for this machine only unless a setting says more."""

import ipaddress
import os
from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from grobunn.config import health
from grobunn.notifications import queries as mails

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

request_seconds = Histogram(
    "grobunn_request_seconds",
    "Time to answer a request, by method, address pattern and status.",
    ("method", "route", "status"),
    buckets=_SECONDS,
)
job_seconds = Histogram(
    "grobunn_job_seconds", "Time of a background job, by name and outcome.", ("job", "outcome"), buckets=_SECONDS
)
errors = Counter("grobunn_errors_total", "Requests that ended in an error of ours.", ("route",))


def note_request(*, method: str, route: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    known = method if method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} else "other"
    request_seconds.labels(known, route, str(status)).observe(seconds)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        errors.labels(route).inc()


def page(request: HttpRequest) -> HttpResponse:
    """The figures of all processes, for whoever may read them."""
    if not _may_read(request):
        return JsonResponse({"detail": "Metrics are for the operator's machines only."}, status=HTTPStatus.FORBIDDEN)
    processes = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        processes = CollectorRegistry()
        MultiProcessCollector(processes)
    work = CollectorRegistry()
    work.register(_Work())
    return HttpResponse(generate_latest(processes) + generate_latest(work), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    """Whether a request comes from an address in the setting.

    One passed on by a proxy that is not trusted hides where it comes from, so it may not.
    """
    if request.META.get("grobunn.is_forwarded") and not settings.TRUSTED_PROXIES:
        return False
    try:
        caller = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(caller in network for network in settings.METRICS_NETWORKS)


class _Work(Collector):
    """How background work is doing, asked of the database when somebody reads."""

    def collect(self) -> list[GaugeMetricFamily]:
        try:
            work = health.work_under_way()
            waiting, stopped = mails.mail_backlog(), mails.mails_needing_attention().count()
        except DatabaseError:
            return []
        return [
            GaugeMetricFamily("grobunn_workers", "Workers alive.", value=work.workers),
            GaugeMetricFamily(
                "grobunn_jobs_overdue", "Jobs waiting five minutes beyond their time.", value=work.overdue
            ),
            GaugeMetricFamily("grobunn_jobs_failed", "Jobs given up, kept for the operator.", value=work.failed),
            GaugeMetricFamily("grobunn_mails_waiting", "Mails due and not yet with the mail server.", value=waiting),
            GaugeMetricFamily("grobunn_mails_stopped", "Mails refused or in doubt, for the operator.", value=stopped),
        ]
