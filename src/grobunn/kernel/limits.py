"""Rate limits: how often one token, person or network address may ask.

A network address is never stored: what is counted under is a keyed hash of it, with a salt that is made at random each
day and then thrown away, in a table that is not logged and whose rows end with their window of seconds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from typing import Any

from django.core.cache import cache, caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac

from grobunn.kernel import clock, ids, jobs
from grobunn.kernel.models import RateBucket

View = Callable[..., HttpResponse]

# An IPv6 customer holds at least a /64 (RFC 6177 § 2): its addresses count as one.
_IPV6_PREFIX = 64
_SALT_SECONDS = int(timedelta(days=1, hours=1).total_seconds())

_COUNT = """
    INSERT INTO kernel_ratebucket AS bucket (key, ends_at, count) VALUES (%(key)s, %(ends_at)s, 1)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN bucket.ends_at <= %(now)s THEN 1 ELSE bucket.count + 1 END,
        ends_at = CASE WHEN bucket.ends_at <= %(now)s THEN EXCLUDED.ends_at ELSE bucket.ends_at END
    RETURNING count, ends_at
"""


@dataclass(frozen=True)
class Rate:
    """So many times in a window of so many seconds."""

    count: int
    seconds: int


class TooManyRequests(Exception):  # noqa: N818 -- a refusal, named for what happened
    """Somebody asked more often than the rate allows; carries the seconds to wait."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(f"Too many requests; try again in {retry_after_seconds} s.")
        self.retry_after_seconds = retry_after_seconds


def spend(name: str, *, who: str, rate: Rate) -> None:
    """Count one use, and refuse it when the rate is used up.

    Takes:   name, what is limited, `feature.verb`; who, a token's or person's id, or `address_of(request)`.
    Raises:  TooManyRequests.
    Effects: one statement, counted even if the caller's later work fails; call it outside transactions.
    """
    now = clock.now()
    key = salted_hmac(f"grobunn.limits.{name}", who, algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": key, "now": now, "ends_at": now + timedelta(seconds=rate.seconds)})
        count, ends_at = cursor.fetchone()
    if count > rate.count:
        raise TooManyRequests(max(1, ceil((ends_at - now).total_seconds())))


def limited(name: str, *, known: Rate, unknown: Rate) -> Callable[[View], View]:
    """Answer a page only so often to one person or network address, and say how long to wait (decorator of a view).

    Takes: name, what is limited, `feature.verb`; known, for whoever is signed in; unknown, for a network address,
           behind which a whole municipality may sit.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            is_known = request.user.is_authenticated
            who = str(request.user.pk) if is_known else address_of(request)
            try:
                spend(name, who=who, rate=known if is_known else unknown)
            except TooManyRequests as refusal:
                seconds = refusal.retry_after_seconds
                headers = {"Retry-After": str(seconds)}
                return HttpResponse(
                    render_to_string("429.html", {"seconds": seconds}, request), status=429, headers=headers
                )
            return view(request, *args, **kwargs)

        return checked

    return decorate


def address_of(request: HttpRequest) -> str:
    """A pseudonym of the network address that a request came from, good for one day; the address cannot be had back.

    What trusted proxies say of the address has been heeded further out.
    """
    return salted_hmac(
        _salt_of_today(), _network_of(request.META.get("REMOTE_ADDR", "")), algorithm="sha256"
    ).hexdigest()


def _network_of(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, _IPV6_PREFIX), strict=False))


def _salt_of_today() -> str:
    """Today's random salt, the same in every process; yesterday's is thrown away when it is made."""
    today = clock.today()
    name = f"limits.salt.{today.isoformat()}"
    salt: str | None = caches["process"].get(name)
    if salt is None:
        salt = cache.get_or_set(name, ids.new_secret, _SALT_SECONDS)
        cache.delete(f"limits.salt.{(today - timedelta(days=1)).isoformat()}")
        caches["process"].set(name, salt)
    return str(salt)


@jobs.job("kernel.forget_rate_buckets", every="*/5 * * * *")
def forget_rate_buckets(timestamp: int = 0) -> None:
    """Remove the counts whose window is over."""
    RateBucket.objects.filter(ends_at__lte=clock.now()).delete()
