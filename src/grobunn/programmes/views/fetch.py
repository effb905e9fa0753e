"""How a view finds its programme, cohort or gathering, and who may use the view."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404
from django.http.response import HttpResponseBase

from grobunn.kernel import permissions
from grobunn.organisations.requests import TenantRequest
from grobunn.organisations.views.fetching import Page, given
from grobunn.programmes.models import Cohort, Gathering, Programme
from grobunn.programmes.queries.gatherings import gathering_named
from grobunn.programmes.queries.programmes import cohort_named, programmes_seen_by


def programme_or_404(request: TenantRequest, slug: str) -> Programme:
    """The programme of an address, if the reader may read about it. Raises: Http404."""
    programme = programmes_seen_by(request.user, request.municipality.pk).filter(slug=slug).first()
    if programme is None:
        raise Http404
    return programme


def cohort_or_404(request: TenantRequest, programme: str, slug: str) -> Cohort:
    """The cohort of an address, if the reader may see it. Raises: Http404."""
    cohort = cohort_named(request.municipality.pk, programme=programme, cohort=slug)
    if cohort is None or not permissions.is_allowed("programmes.view", request.user, cohort):
        raise Http404
    return cohort


of_programme = given(programme_or_404, "programme")
of_cohort = given(cohort_or_404, "programme", "cohort")


def of_gathering(permission: str) -> Callable[[Page], Page]:
    """Give a view its gathering in place of the address's names, and ask for a permission on its cohort (decorator)."""

    def decorate(view: Page) -> Page:
        @of_cohort(permission)
        @wraps(view)
        def found(request: TenantRequest, cohort: Cohort, topic: str, **rest: object) -> HttpResponseBase:
            its: Gathering | None = gathering_named(cohort, topic)
            if its is None:
                raise Http404
            return view(request, its, **rest)

        return found

    return decorate
