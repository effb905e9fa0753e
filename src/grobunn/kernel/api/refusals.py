"""From a refusal somewhere below to the answer of the API: the one table."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja.errors import HttpError
from ninja.errors import ValidationError as InputInvalid

from grobunn.kernel import limits, paging, statemachine
from grobunn.kernel.api import access, callers, idempotency, problems, sizes
from grobunn.kernel.api.problems import FieldError

Teller = Callable[[HttpRequest, Any], HttpResponse]


def _plain(kind: problems.Kind, **headers: str) -> Teller:
    def tell(request: HttpRequest, error: Any) -> HttpResponse:
        return problems.answer(kind, headers={name.replace("_", "-"): value for name, value in headers.items()})

    return tell


def _refused(request: HttpRequest, error: problems.Refused) -> HttpResponse:
    return problems.answer(error.kind, detail=error.detail, errors=error.errors)


def _denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """What may not be done: nobody in particular is asked to say who calls first."""
    caller = getattr(request, "api_caller", None)
    if caller is not None and caller.is_known:
        return problems.answer(problems.NOT_ALLOWED)
    return _plain(problems.SIGN_IN_FIRST, WWW_Authenticate="Bearer")(request, error)


def _scope_missing(request: HttpRequest, error: access.ScopeMissing) -> HttpResponse:
    header = f'Bearer error="insufficient_scope", scope="{error.scope}"'  # RFC 6750 § 3.1
    return problems.answer(problems.SCOPE_MISSING, more={"scope": error.scope}, headers={"WWW-Authenticate": header})


def _input_invalid(request: HttpRequest, error: InputInvalid) -> HttpResponse:
    return problems.answer(problems.INVALID, errors=[_field_error(found) for found in error.errors])


def _field_error(found: dict[str, Any]) -> FieldError:
    """One error of ninja's: its place begins with where the value came from and the name of the function's argument."""
    source, *rest = [str(part) for part in found["loc"]]
    pointer = "/" + "/".join(rest[1:]) if source in {"body", "form", "file"} else ".".join(rest)
    return FieldError(pointer=pointer, detail=str(found["msg"]))


def _model_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    errors = [FieldError(f"/{name}", text) for name, texts in by_field.items() for text in texts]
    return problems.answer(problems.INVALID, errors=errors)


def _input_missing(request: HttpRequest, error: statemachine.InputMissing) -> HttpResponse:
    errors = [FieldError(pointer=f"/{name}", detail=str(error.message)) for name in error.fields]
    return problems.answer(problems.INVALID, detail=error.message, errors=errors)


def _conflict(request: HttpRequest, error: statemachine.TransitionRefused) -> HttpResponse:
    return problems.answer(problems.CONFLICT, detail=error.message)


def _too_many(request: HttpRequest, error: limits.TooManyRequests) -> HttpResponse:
    return problems.answer(problems.TOO_MANY, headers={"Retry-After": str(error.retry_after_seconds)})


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    kind = next((kind for kind in problems.KINDS if kind.status == error.status_code), problems.BAD_REQUEST)
    return problems.answer(kind)


# The closest class of an exception decides.
TELLERS: dict[type[Exception], Teller] = {
    problems.Refused: _refused,
    access.SignInFirst: _plain(problems.SIGN_IN_FIRST, WWW_Authenticate="Bearer"),
    access.ScopeMissing: _scope_missing,
    callers.TokenRefused: _plain(problems.TOKEN_REFUSED, WWW_Authenticate='Bearer error="invalid_token"'),
    callers.ForgeryRefused: _plain(problems.FORGERY_REFUSED),
    idempotency.KeyReused: _plain(problems.KEY_REUSED),
    idempotency.KeyUnreadable: _refused,
    sizes.TooLarge: _plain(problems.TOO_LARGE),
    RequestDataTooBig: _plain(problems.TOO_LARGE),
    SuspiciousOperation: _plain(problems.BAD_REQUEST),
    BadRequest: _plain(problems.BAD_REQUEST),
    MultiPartParserError: _plain(problems.BAD_REQUEST),
    UnreadablePostError: _plain(problems.BAD_REQUEST),
    limits.TooManyRequests: _too_many,
    paging.BadCursor: _plain(problems.BAD_REQUEST),
    PermissionDenied: _denied,
    Http404: _plain(problems.NOT_FOUND),
    InputInvalid: _input_invalid,
    ValidationError: _model_invalid,
    statemachine.InputMissing: _input_missing,
    statemachine.TransitionRefused: _conflict,
    HttpError: _http_error,
}


def register(kind: type[Exception], teller: Teller) -> None:
    """Let a feature tell one of its own refusals in more words than its parent class has."""
    TELLERS[kind] = teller


def tell(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """The answer to a refusal, or None if the error is none: then something is broken."""
    teller = next((TELLERS[kind] for kind in type(error).__mro__ if kind in TELLERS), None)
    return teller(request, error) if teller is not None else None
