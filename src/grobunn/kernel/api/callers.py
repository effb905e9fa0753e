"""Who calls: the holder of a token, a signed-in person in a browser, or nobody in particular."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware

from grobunn.kernel.actors import Actor

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Bearer(Protocol):
    """Who holds a token, as the feature that knows tokens tells."""

    @property
    def token_id(self) -> UUID: ...

    @property
    def user(self) -> Actor: ...

    @property
    def scopes(self) -> frozenset[str]: ...

    @property
    def is_service(self) -> bool: ...


@dataclass(frozen=True)
class Caller:
    """Who calls the API.

    Takes: actor, whom permissions are asked about; scopes, what the token is for (None: a browser session, all of
           them); key, the id under which requests are counted and answers kept ("" for nobody in particular).
    """

    actor: Actor
    scopes: frozenset[str] | None
    key: str = ""
    is_service: bool = False

    @property
    def is_known(self) -> bool:
        """Whether it is somebody: a token's holder or a signed-in person."""
        return bool(self.actor.is_authenticated)

    def has_scope(self, name: str) -> bool:
        return self.scopes is None or name in self.scopes


class TokenRefused(Exception):  # noqa: N818 -- a refusal, named for what happened
    """A token that is unknown, expired or revoked, or whose holder has left."""


class ForgeryRefused(Exception):  # noqa: N818
    """A write with a browser's session but without its forgery token: another site may have sent it."""


Authenticator = Callable[[str], Bearer | None]
_authenticators: list[Authenticator] = []


def authenticate_with(authenticator: Authenticator) -> None:
    """Register the one that knows tokens: from the raw token to its bearer, or None."""
    _authenticators[:] = [authenticator]


def identify(request: HttpRequest) -> Caller:
    """Who calls, found once per request and kept on it. A token's holder becomes `request.user`.

    Raises:  TokenRefused; ForgeryRefused if a session asks for a write without its forgery token.
    """
    known: Caller | None = getattr(request, "api_caller", None)
    if known is None:
        known = _identify(request)
        request.api_caller = known  # type: ignore[attr-defined]
    return known


def _identify(request: HttpRequest) -> Caller:
    kind, _, raw = request.headers.get("Authorization", "").partition(" ")
    if kind:
        return _holder_of(request, raw.strip() if kind.lower() == "bearer" else "")
    if not request.user.is_authenticated:
        return Caller(actor=AnonymousUser(), scopes=None)
    if request.method not in SAFE_METHODS and _is_forged(request):
        raise ForgeryRefused
    return Caller(actor=request.user, scopes=None, key=f"user:{request.user.pk}")


def _holder_of(request: HttpRequest, raw: str) -> Caller:
    bearer = next((found for authenticator in _authenticators if (found := authenticator(raw)) is not None), None)
    if bearer is None:
        raise TokenRefused
    request.user = bearer.user  # type: ignore[assignment]
    return Caller(actor=bearer.user, scopes=bearer.scopes, key=f"token:{bearer.token_id}", is_service=bearer.is_service)


class _ForgeryCheck(CsrfViewMiddleware):
    """Django's check, asked for by hand: the API's views stand outside the middleware's, for tokens need none."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponseForbidden:
        return HttpResponseForbidden(reason)


def _is_forged(request: HttpRequest) -> bool:
    check = _ForgeryCheck(lambda _request: HttpResponseForbidden())
    check.process_request(request)
    return check.process_view(request, lambda _request: HttpResponseForbidden(), (), {}) is not None
