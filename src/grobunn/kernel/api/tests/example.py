"""A small API for the tests; lines of the audit trail are its objects."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from ninja import Field, File, Query, Router, Schema, UploadedFile
from ninja.openapi.docs import Swagger
from ninja.responses import Status

from grobunn.kernel import actors, audit, ids, statemachine
from grobunn.kernel.api import problems, scopes
from grobunn.kernel.api.access import needs_scope, open_to_all
from grobunn.kernel.api.factory import make_api
from grobunn.kernel.api.pages import Listed, ListedRows, Paging, listed
from grobunn.kernel.models import AuditEntry


@dataclass(frozen=True)
class Holder:
    """Somebody with a token, without a database."""

    pk: UUID = field(default_factory=ids.new_id)
    is_authenticated: bool = True


@dataclass(frozen=True)
class ExampleBearer:
    token_id: UUID
    user: Holder
    scopes: frozenset[str]
    is_service: bool = False


READER = ExampleBearer(ids.new_id(), Holder(), frozenset({"example:read"}))
WRITER = ExampleBearer(ids.new_id(), Holder(), frozenset({"example:read", "example:write"}))
TOKENS = {"reader": READER, "writer": WRITER}

REFUSALS: dict[str, Exception] = {
    "denied": PermissionDenied("example.do"),
    "missing": Http404(),
    "conflict": statemachine.NotPossibleNow("It has been answered. Open it again."),
    "input": statemachine.InputMissing("Give a reason.", fields=["reason"]),
    "model": ValidationError({"name": ["Too long."]}),
    "refused": problems.Refused(problems.INVALID, errors=[problems.FieldError("/text", "Say more.")]),
    "broken": ZeroDivisionError(),
    "away": OperationalError("the connection is closed"),
}

router = Router(tags=["example"])


class LineIn(Schema):
    action: str = Field(min_length=3, max_length=80)


class LineOut(Schema):
    id: int
    action: str


@router.post("/lines", response={201: LineOut}, auth=open_to_all("example:write", why="Anybody may write."))
def add_line(request: HttpRequest, line: LineIn) -> Status[AuditEntry]:
    """Write one line."""
    audit.record(line.action, actor=request.user if request.user.pk else actors.SYSTEM)  # type: ignore[arg-type]
    return Status(201, AuditEntry.objects.latest("pk"))


@router.get("/lines", response=Listed[LineOut], auth=needs_scope("example:read"))
def list_lines(request: HttpRequest, response: HttpResponse, asked: Query[Paging]) -> ListedRows[AuditEntry]:
    """Lines, oldest first."""
    return listed(request, response, AuditEntry.objects.all(), order=["id"], asked=asked)


@router.post("/refuse/{name}", response={204: None}, auth=needs_scope("example:write"))
def refuse(request: HttpRequest, name: str) -> Status[None]:
    """Write a line, and then refuse as asked."""
    audit.record("example.refused", actor=actors.SYSTEM)
    raise REFUSALS[name]


@router.post("/photos", response=dict[str, Any], auth=open_to_all("example:write", why="Anybody may send photos."))
def add_photo(request: HttpRequest, photo: File[UploadedFile]) -> dict[str, Any]:
    """Take a photo."""
    audit.record("example.photo", actor=actors.SYSTEM)
    return {"size": len(photo.read())}


if "example:read" not in scopes.declared():
    scopes.declare({"example:read": "Read examples", "example:write": "Write examples"})

api = make_api(title="Example", version="1.0.0", summary="For tests.", docs=Swagger(), routers=[router])
urlpatterns = [path("api/v1/", api.urls)]
