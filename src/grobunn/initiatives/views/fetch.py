"""How a view finds its initiative, and who may use the view."""

from django.http import Http404

from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.initiatives import initiative_by_reference, initiative_for_page
from grobunn.organisations.requests import TenantRequest
from grobunn.organisations.views.fetching import given


def initiative_or_404(request: TenantRequest, reference: str) -> Initiative:
    """The initiative of a reference in the municipality of the address, if the reader may see it. Raises: Http404."""
    initiative = initiative_by_reference(reference, actor=request.user)
    if initiative is None or initiative.municipality_id != request.municipality.pk:
        raise Http404
    return initiative


def _whole_or_404(request: TenantRequest, reference: str) -> Initiative:
    """The same, read together with how much there is of what its page shows."""
    initiative = initiative_for_page(reference, actor=request.user)
    if initiative is None or initiative.municipality_id != request.municipality.pk:
        raise Http404
    return initiative


of_initiative = given(initiative_or_404, "reference")
of_whole_initiative = given(_whole_or_404, "reference")
