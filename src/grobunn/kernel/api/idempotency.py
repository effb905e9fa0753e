"""Idempotency keys: a write that is sent again under its key gets the same answer and is done once.

Header `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header). The key is claimed by a row in the transaction
that does the work: of two requests that race the second waits, and then finds the answer of the first. A refused
request leaves nothing behind, the key included: the writer mends it and sends it again.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from grobunn.kernel import clock, jobs
from grobunn.kernel.api import problems
from grobunn.kernel.api.callers import SAFE_METHODS, Caller
from grobunn.kernel.models import AnsweredRequest

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=48)
_FORM = re.compile(r"[!-~]{8,255}")
_UNREADABLE = _("An idempotency key has 8 to 255 plain characters without spaces, such as a UUID.")
_CLAIM = """
    INSERT INTO kernel_answeredrequest (key, fingerprint, status, content, at) VALUES (%s, %s, 0, '', %s)
    ON CONFLICT (key) DO NOTHING
"""


class KeyReused(Exception):  # noqa: N818 -- a refusal, named for what happened
    """The key came with another request before."""


class KeyUnreadable(problems.Refused):
    """A key that is too short, too long or not plain ASCII."""


class _Undone(Exception):  # noqa: N818
    """Takes back the transaction of a request that was refused; carries its answer."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def once(request: HttpRequest, caller: Caller, do: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer a request, and a repeated one as the first time.

    Raises:  KeyReused, KeyUnreadable.
    Effects: with a key, the work and its answer are one transaction; the answer is kept for 48 hours.
    """
    sent = request.headers.get(HEADER)
    if sent is None or request.method in SAFE_METHODS:
        return do()
    if not _FORM.fullmatch(sent):
        raise KeyUnreadable(problems.BAD_REQUEST, detail=_UNREADABLE)
    key = hashlib.sha256(f"{caller.key}\n{sent}".encode()).hexdigest()
    try:
        with transaction.atomic():
            return _claimed(key, _fingerprint(request), do)
    except _Undone as undone:
        return undone.response


def _claimed(key: str, fingerprint: str, do: Callable[[], HttpResponse]) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [key, fingerprint, clock.now()])
        is_first = cursor.rowcount == 1
    if not is_first:
        return _repeated(AnsweredRequest.objects.get(pk=key), fingerprint)
    response = do()
    if response.status_code >= 400:
        raise _Undone(response)
    AnsweredRequest.objects.filter(pk=key).update(status=response.status_code, content=response.content)
    return response


def _repeated(answered: AnsweredRequest, fingerprint: str) -> HttpResponse:
    if answered.fingerprint != fingerprint:
        raise KeyReused
    return HttpResponse(
        bytes(answered.content),
        status=answered.status,
        content_type="application/json; charset=utf-8",
        headers={"Idempotency-Replayed": "true"},
    )


def _fingerprint(request: HttpRequest) -> str:
    """What was asked, whole: method, address and body, files included."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    for part in _parts(request):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def _parts(request: HttpRequest) -> Iterator[bytes]:
    if request.content_type != "multipart/form-data":
        yield request.body
        return
    for name, values in sorted(request.POST.lists()):
        yield from (f"{name}={value}".encode() for value in values)
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            yield f"{name}:{file.name}".encode()
            yield from file.chunks()
            file.seek(0)


@jobs.job("kernel.forget_answered_requests", every="17 * * * *")
def forget_answered_requests(timestamp: int = 0) -> None:
    """Remove the answers that have been kept for their time."""
    AnsweredRequest.objects.filter(at__lt=clock.now() - KEPT).delete()
