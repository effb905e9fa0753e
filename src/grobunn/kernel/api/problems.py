"""Errors as problem+json (RFC 9457): each has a kind that stands in the human pages, a title and what to do next."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEDIA_TYPE = "application/problem+json"
# Where the kinds are explained; the fragment is the kind's code.
KINDS_URL = "/api/v1/docs"


@dataclass(frozen=True)
class Kind:
    """A kind of error: its code, status and title, and what stands in `detail` when nothing closer is known."""

    code: str
    status: int
    title: str | Promise
    detail: str | Promise


BAD_REQUEST = Kind(
    "bad-request", 400, _("The request cannot be read"), _("Check the request against the description of the API.")
)
SIGN_IN_FIRST = Kind(
    "sign-in-first", 401, _("A token is needed"), _("Send a token in the header Authorization: Bearer <token>.")
)
TOKEN_REFUSED = Kind(
    "token-refused",
    401,
    _("The token is not valid"),
    _("It is unknown, expired or revoked, or its holder has left. Make a new one."),
)
NOT_ALLOWED = Kind("not-allowed", 403, _("You may not do this"), _("Ask somebody who may, or ask for the role."))
SCOPE_MISSING = Kind(
    "scope-missing", 403, _("The token is not for this"), _("Make a token that has the scope named in `scope`.")
)
FORGERY_REFUSED = Kind(
    "forgery-refused",
    403,
    _("The request cannot be traced to your page"),
    _("A browser session writes only with its token in X-CSRFToken. A program sends an API token instead."),
)
NOT_FOUND = Kind("not-found", 404, _("There is nothing here"), _("The address is wrong, or it is not for you to see."))
METHOD_REFUSED = Kind(
    "method-refused", 405, _("The address does not take this method"), _("The header Allow names those that it takes.")
)
CONFLICT = Kind(
    "conflict", 409, _("This cannot be done now"), _("Read the object again: it has changed since you read it.")
)
TOO_LARGE = Kind("too-large", 413, _("The request is too large"), _("Send less text, or smaller or fewer files."))
INVALID = Kind("invalid", 422, _("Something is missing or wrong"), _("Each error names its field."))
KEY_REUSED = Kind(
    "key-reused",
    422,
    _("The idempotency key was used for another request"),
    _("Use a new key for each new request; repeat a request with the same key and the same content."),
)
TOO_MANY = Kind("too-many-requests", 429, _("Too many requests"), _("Wait as long as Retry-After says."))
BROKEN = Kind(
    "broken", 500, _("Something went wrong here"), _("The failure has been logged. Try again in a little while.")
)
AWAY = Kind(
    "away", 503, _("The service is away for a moment"), _("Nothing was done. Send it again when Retry-After says.")
)

KINDS = [
    BAD_REQUEST, SIGN_IN_FIRST, TOKEN_REFUSED, NOT_ALLOWED, SCOPE_MISSING, FORGERY_REFUSED, NOT_FOUND, METHOD_REFUSED,
    CONFLICT, TOO_LARGE, INVALID, KEY_REUSED, TOO_MANY, BROKEN, AWAY,
]  # fmt: skip


def register(kind: Kind) -> None:
    """Explain a feature's own kind among the others; its code may be registered once."""
    if any(known.code == kind.code for known in KINDS):
        raise ImproperlyConfigured(f"The kind of problem {kind.code} is registered twice.")
    KINDS.append(kind)


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field: `pointer` is a JSON pointer into the body, or the name of a parameter."""

    pointer: str
    detail: str


class Refused(Exception):  # noqa: N818 -- any refusal that an operation makes in the API's own words
    """An error to be answered as it stands: `raise Refused(problems.INVALID, errors=[FieldError("/text", "…")])`."""

    def __init__(self, kind: Kind, *, detail: str | Promise = "", errors: Sequence[FieldError] = ()) -> None:
        super().__init__(str(detail or kind.title))
        self.kind = kind
        self.detail = detail
        self.errors = tuple(errors)


def answer(
    kind: Kind,
    *,
    detail: str | Promise = "",
    errors: Sequence[FieldError] = (),
    more: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The response that tells of an error, in the request's language.

    Takes:   detail, what happened this time and what to do next; more, further members of the object.
    """
    told = {
        "type": f"{KINDS_URL}#{kind.code}",
        "title": str(kind.title),
        "status": kind.status,
        "detail": str(detail or kind.detail),
        **({"errors": [{"pointer": error.pointer, "detail": error.detail} for error in errors]} if errors else {}),
        **(more or {}),
    }
    return HttpResponse(
        json.dumps(told, ensure_ascii=False), status=kind.status, content_type=MEDIA_TYPE, headers=dict(headers or {})
    )


def is_told(response: HttpResponse) -> bool:
    """Whether a response needs no rewriting: it is no error, or already one of ours."""
    return response.status_code < 400 or response.get("Content-Type", "").startswith(MEDIA_TYPE)
