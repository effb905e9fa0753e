"""The calendars that people's own programs fetch: by a secret address, without signing in."""

from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from grobunn.kernel.permissions import open_to_all
from grobunn.organisations.requests import TenantRequest
from grobunn.programmes.calendars import CALENDAR_TYPE, calendar_of, tag_of
from grobunn.programmes.models import Cohort, Enrolment
from grobunn.programmes.queries.gatherings import Whole, gatherings_of
from grobunn.programmes.states import CohortState, EnrolmentState

# Those whose calendar has something in it; of the rest it is empty, so that it empties theirs.
_SEES = {EnrolmentState.INVITED, EnrolmentState.WAITING, EnrolmentState.ENROLLED, EnrolmentState.COMPLETED}
_CERTAIN = {EnrolmentState.ENROLLED, EnrolmentState.COMPLETED}


@require_safe
@open_to_all("The address is a secret of one person, or of one cohort: calendar programs cannot sign in.")
def feed(request: TenantRequest, municipality: str, key: str) -> HttpResponse:
    """The gatherings of a person's cohort while they have a place in it, or of a cohort."""
    enrolment = Enrolment.objects.select_related("cohort", "user").filter(feed_key=key).first()
    cohort = enrolment.cohort if enrolment else Cohort.objects.filter(feed_key=key).first()
    if cohort is None:
        raise Http404
    cohort = Cohort.objects.select_related("programme__municipality").get(pk=cohort.pk)
    gatherings = _gatherings(cohort) if enrolment is None or enrolment.state in _SEES else []
    is_certain = enrolment is None or enrolment.state in _CERTAIN
    with translation.override(_language(request, enrolment)):
        return _answer(request, f"{cohort.programme.name}: {cohort.name}", gatherings, is_certain=is_certain)


def _gatherings(cohort: Cohort) -> list[Whole]:
    """Those of a cohort that is cancelled are cancelled with it."""
    found = gatherings_of(cohort)
    for each in found:
        each.gathering.cohort = cohort
        if cohort.state == CohortState.CANCELLED:
            each.gathering.cancelled_at = each.gathering.cancelled_at or cohort.state_since
    return found


def _language(request: TenantRequest, enrolment: Enrolment | None) -> str:
    """The reader's own language; a program that fetches asks for none."""
    chosen = enrolment.user.language if enrolment and enrolment.user else ""
    return chosen or request.municipality.language


def _answer(request: TenantRequest, name: str, gatherings: list[Whole], *, is_certain: bool) -> HttpResponse:
    tag = tag_of(name, gatherings, is_certain=is_certain)
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        content = calendar_of(name, gatherings, is_certain=is_certain)
        response = HttpResponse(content, content_type=CALENDAR_TYPE)
        response["Content-Disposition"] = 'inline; filename="kalender.ics"'
    response["ETag"] = tag
    patch_cache_control(response, private=True, max_age=0, must_revalidate=True)
    return response
