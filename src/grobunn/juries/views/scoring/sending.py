"""Where a device sends the taps that it has kept."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from grobunn.juries.forms.sent import read_tap
from grobunn.juries.models import Member, Panel
from grobunn.juries.queries.members import member_of
from grobunn.juries.queries.scoring import own_figures
from grobunn.juries.services.scoring import Recorded, is_open_for_scores, record_taps
from grobunn.juries.views.fetch import of_panel
from grobunn.kernel.devices import NotAParcel, Thing, read_parcel
from grobunn.organisations.requests import TenantRequest


@never_cache
@require_http_methods(["GET", "POST"])
@of_panel("juries.see")
def send_taps(request: TenantRequest, panel: Panel) -> JsonResponse:
    """Keep what a device sends, and say what became of it. GET gives what is kept, and a fresh token."""
    member = member_of(panel, request.user)
    if member is None:
        raise Http404
    if request.method == "GET":
        kept = own_figures(member) if "svar" in request.GET else []
        return JsonResponse({"token": get_token(request), "owner": str(member.pk), "scores": kept})
    return take_parcel(request, member, read_tap, record_taps)


def take_parcel(
    request: TenantRequest,
    member: Member,
    read_thing: Callable[[Mapping[str, Any]], Thing],
    record: Callable[..., Recorded],
) -> JsonResponse:
    """Keep the things that a device of a member's sends, and say what became of each."""
    try:
        sent = read_parcel(request.body, read_thing)
    except NotAParcel as error:
        return JsonResponse({"error": str(error)}, status=400)
    if sent.owner != member.pk:
        # Somebody else has signed in on the device: theirs is not ours.
        return JsonResponse({"error": "another member"}, status=409)
    recorded = record(member, sent.things, sent_at=sent.sent_at)
    return JsonResponse(
        {
            "kept": [str(each) for each in recorded.kept],
            "void": [str(each) for each in recorded.void],
            "refused": [str(each) for each in (*recorded.refused, *sent.unreadable)],
            "offset": round(recorded.offset.total_seconds() * 1000),
            "is_open": is_open_for_scores(member.panel),
        }
    )
