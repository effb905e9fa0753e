"""Being there over the API: by the code on the wall, as the page does it."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from django_scopes import scope
from ninja import Field, Schema

from grobunn.kernel.api.access import needs_scope
from grobunn.programmes.api.found import municipality_or_404
from grobunn.programmes.api.router import router
from grobunn.programmes.models import Enrolment
from grobunn.programmes.queries.attendance import place_on
from grobunn.programmes.services.attending import NotOnTheList, attend_by_code
from grobunn.programmes.wall import day_of_code

_WRITES = needs_scope("programmes:write")


class HereOut(Schema):
    """The list that the caller is on."""

    programme: str
    cohort: str
    gathering: str
    on: date
    is_guest: bool = Field(description="Whether the caller's own place is in another cohort of the programme.")
    new: int = Field(description="1 the first time, 0 when the caller was on the list already.")


@router.put("/municipalities/{slug}/here/{code}", response=HereOut, auth=_WRITES)
def put_here(request: HttpRequest, slug: str, code: str) -> dict[str, Any]:
    """Put the caller on the list of a day by the code on the wall, on the day itself. Sent again, the same."""
    municipality = municipality_or_404(slug)
    with scope(municipality=municipality.pk):
        day = day_of_code(code, municipality)
        if day is None:
            raise Http404
        place = place_on(
            day, Enrolment.objects.filter(municipality=municipality, user__isnull=False, user=request.user.pk)
        )
        if place is None:
            raise NotOnTheList(
                _("You have no place in this programme. Ask whoever leads the gathering to put you on the list.")
            )
        new = attend_by_code(day, place, actor=request.user)
        cohort = day.gathering.cohort
        return {
            "programme": cohort.programme.slug,
            "cohort": cohort.slug,
            "gathering": day.gathering.topic,
            "on": day.on,
            "is_guest": place.cohort_id != cohort.pk,
            "new": new,
        }
