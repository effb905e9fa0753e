"""What an operation asks of its caller. Every operation says it; an API with one that does not is refused."""

from dataclasses import dataclass
from typing import ClassVar

from django.http import HttpRequest

from grobunn.kernel.api.callers import Caller, identify


class SignInFirst(Exception):  # noqa: N818 -- a refusal, named for what to do
    """An operation that serves only somebody was asked by nobody in particular."""


class ScopeMissing(Exception):  # noqa: N818
    """A token that is not for this; carries the scope that it lacks."""

    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


@dataclass(frozen=True)
class Access:
    """The rule of one operation, given to ninja as its `auth`: called with the request, it answers who calls."""

    scope: str
    why_open: str = ""
    is_open: bool = False

    # Names that the generated description takes from ninja's own authentication classes.
    openapi_security_schema: ClassVar[dict[str, str]] = {"type": "http", "scheme": "bearer"}

    def __call__(self, request: HttpRequest) -> Caller:
        caller = identify(request)
        if not caller.is_known and not self.is_open:
            raise SignInFirst
        if not caller.has_scope(self.scope):
            raise ScopeMissing(self.scope)
        return caller


def needs_scope(scope: str) -> Access:
    """Serve holders of a token with the scope, and signed-in people."""
    return Access(scope=scope)


def open_to_all(scope: str, *, why: str) -> Access:
    """Serve anybody, and say why; a token that is sent must still be good and have the scope."""
    return Access(scope=scope, is_open=True, why_open=why)
