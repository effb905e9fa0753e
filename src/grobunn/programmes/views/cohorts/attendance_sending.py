"""Where a device sends the ticks of a list that it has kept."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from grobunn.kernel.devices import NotAParcel, moment_of, read_parcel
from grobunn.organisations.requests import TenantRequest, signed_in
from grobunn.programmes.models import Cohort
from grobunn.programmes.queries.attendance import present_on
from grobunn.programmes.services.attending import MarkGiven, keep_marks
from grobunn.programmes.views.fetch import of_cohort


@never_cache
@require_http_methods(["GET", "POST"])
@of_cohort("programmes.facilitate")
def send(request: TenantRequest, cohort: Cohort) -> JsonResponse:
    """Keep what a device sends, and say what became of it. GET gives who is here, and a fresh token."""
    user = signed_in(request)
    if request.method == "GET":
        here = present_on(cohort, request.GET.get("dag", ""))
        return JsonResponse({"token": get_token(request), "owner": str(user.pk), "present": here})
    try:
        sent = read_parcel(request.body, _mark)
    except NotAParcel as error:
        return JsonResponse({"error": str(error)}, status=400)
    if sent.owner != user.pk:
        # Somebody else has signed in on the device: what was ticked is not theirs to send.
        return JsonResponse({"error": "another person"}, status=409)
    became = keep_marks(cohort, sent.things, sent_at=sent.sent_at, actor=user)
    return JsonResponse(
        {
            "kept": [str(each) for each in became.kept],
            "void": [],
            "refused": [str(each) for each in (*became.refused, *sent.unreadable)],
            "offset": round(became.offset.total_seconds() * 1000),
        }
    )


def _mark(row: Mapping[str, Any]) -> MarkGiven:
    """A mark from its JSON. Raises: KeyError, TypeError, ValueError."""
    if not isinstance(row["present"], bool):
        raise TypeError("present")
    return MarkGiven(
        id=UUID(row["id"]),
        day_id=UUID(row["day"]),
        enrolment_id=UUID(row["person"]),
        is_present=row["present"],
        made_at=moment_of(row["at"]),
    )
