"""What every request to the API passes, before and after its operation."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.log import log_response

from grobunn.kernel import limits
from grobunn.kernel.api import conditional, idempotency, problems, refusals, sizes
from grobunn.kernel.api.callers import SAFE_METHODS, Caller, identify
from grobunn.kernel.limits import Rate
from grobunn.kernel.permissions import ViewRule

View = Callable[..., HttpResponse]

AWAY_SECONDS = "5"

RULE = ViewRule(permission=None, why_open="Each operation of the API declares its own access.")

# A page that looks for similar ideas while somebody types asks about once a second; a municipality of 15,000 employees
# sits behind one address.
READS_BY_KNOWN = Rate(count=1200, seconds=60)
READS_BY_ADDRESS = Rate(count=600, seconds=60)
WRITES_BY_KNOWN = Rate(count=300, seconds=60)
WRITES_BY_ADDRESS = Rate(count=60, seconds=60)


def guarded(view: View) -> View:
    """A view of the API with its gate: size, caller, rate, once per key; and every error told as a problem."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            sizes.check(request)
            caller = identify(request)
            _spend(request, caller)
            response = idempotency.once(request, caller, lambda: view(request, *args, **kwargs))
        except Exception as error:  # noqa: BLE001 -- the last place before the web server: it is logged and told
            return refusals.tell(request, error) or _broken(request, error)
        return conditional.kept(request, response) if problems.is_told(response) else _retold(response)

    answer.view_rule = RULE  # type: ignore[attr-defined]
    # `identify` asks a session for its forgery token; a token's holder needs none.
    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


def _spend(request: HttpRequest, caller: Caller) -> None:
    is_read = request.method in SAFE_METHODS
    name = "api.read" if is_read else "api.write"
    if caller.key:
        limits.spend(name, who=caller.key, rate=READS_BY_KNOWN if is_read else WRITES_BY_KNOWN)
    else:
        limits.spend(name, who=limits.address_of(request), rate=READS_BY_ADDRESS if is_read else WRITES_BY_ADDRESS)


def _retold(response: HttpResponse) -> HttpResponse:
    """An error in ninja's own words, such as a method that an address does not take."""
    kind = next((kind for kind in problems.KINDS if kind.status == response.status_code), problems.BAD_REQUEST)
    kept = {name: response[name] for name in ("Allow", "Retry-After") if name in response}
    return problems.answer(kind, headers=kept)


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    got_request_exception.send(sender=None, request=request)
    is_away = isinstance(error, OperationalError | InterfaceError)  # The database is being started again.
    response = (
        problems.answer(problems.AWAY, headers={"Retry-After": AWAY_SECONDS})
        if is_away
        else problems.answer(problems.BROKEN)
    )
    log_response("Internal Server Error: %s", request.path, response=response, request=request, exception=error)
    return response
