"""The signed protocol: to read, on paper, and as data that anybody can check."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from grobunn.juries.models import Panel, Protocol
from grobunn.juries.protocols.excerpt import excerpt, hidden_from
from grobunn.juries.protocols.paper import lead, notes, protocol_pdf
from grobunn.juries.protocols.said import decisions_of, facts_of, parts_of, taps_of
from grobunn.juries.queries.members import member_of
from grobunn.juries.services.protocols import canonical
from grobunn.juries.views.fetch import of_panel, page
from grobunn.organisations.requests import TenantRequest


@require_GET
@of_panel("juries.see")
def show_protocol(request: TenantRequest, panel: Panel, edition: int | None = None) -> HttpResponse:
    """An edition, the latest where none is named; also as PDF and JSON."""
    editions = list(Protocol.objects.filter(panel=panel).order_by("edition").defer("content"))
    if not editions and edition is None:
        return page(request, panel, "juries/protocol_waiting.html", {})
    protocol = next((each for each in reversed(editions) if edition in (None, each.edition)), None)
    if protocol is None:
        raise Http404
    content = excerpt(protocol.content, hidden_from(panel, member_of(panel, request.user), protocol.content))
    if "format" in request.GET:
        return _file(panel, protocol, content, wanted=request.GET["format"])
    context = {
        "protocol": protocol,
        "editions": editions,
        "lead": lead(content),
        "notes": notes(content),
        "facts": facts_of(panel, content),
        "parts": parts_of(panel, content),
        "decisions": decisions_of(panel, content),
        "taps": taps_of(panel, content, marked_only=True),
        "has_taps": bool(content["taps"]),
        "is_excerpt": content.get("is_excerpt", False),
    }
    return page(request, panel, "juries/protocol.html", context)


def _file(panel: Panel, protocol: Protocol, content: dict[str, Any], *, wanted: str) -> HttpResponse:
    name = f"{panel.reference}-protokoll-{protocol.edition}"
    if wanted == "pdf":
        response = HttpResponse(protocol_pdf(protocol, panel, content), content_type="application/pdf")
    elif wanted == "json":
        # The very bytes that the digest is of.
        response = HttpResponse(canonical(content), content_type="application/json")
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="{name}.{wanted}"'
    return response
