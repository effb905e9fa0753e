"""Methods in the API: what new work in a municipality may choose among."""

from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Field, Router, Schema

from grobunn.kernel.api.access import needs_scope
from grobunn.methods.queries import methods_offered
from grobunn.methods.stages import Stage
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import is_member, municipality_by_slug

SCOPES = {"methods:read": _("Read the methods that a municipality works by.")}

router = Router(tags=["methods"])


class HandInOut(Schema):
    """Something that a phase ends with."""

    key: str
    name: str
    help: str


class GateOut(Schema):
    """The decision at the end of a phase."""

    key: str
    name: str
    needs: list[str] = Field(description="Keys of hand-ins and of other requirements.")
    decided_by: Literal["owner", "leader"] = Field(description="The owner in the line, or a leader above.")


class PhaseOut(Schema):
    """A part of a method."""

    key: str
    name: str
    stage: Stage = Field(description="What the phase is counted as, whatever the method calls it.")
    purpose: str
    questions: list[str]
    tools: list[str]
    hand_ins: list[HandInOut]
    gate: GateOut | None


class MethodOut(Schema):
    """A method in the language of the request."""

    key: str
    edition: int
    name: str
    summary: str
    source: str
    source_url: str
    phases: list[PhaseOut]


@router.get("/municipalities/{slug}/methods", response=list[MethodOut], auth=needs_scope("methods:read"))
def list_methods(request: HttpRequest, slug: str) -> list[Any]:
    """The methods that new work may choose among: the municipality's own, then what comes with Grobunn."""
    try:
        municipality = municipality_by_slug(slug)
    except Municipality.DoesNotExist as error:
        raise Http404 from error
    if not is_member(request.user, municipality.pk):
        raise Http404
    return methods_offered(municipality.pk)
