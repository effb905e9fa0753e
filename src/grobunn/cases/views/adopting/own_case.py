"""Telling one's own case of what one has taken over."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from grobunn.cases.services.own_case import tell_own_case
from grobunn.cases.views.adopting.fetch import adoption_or_404
from grobunn.cases.views.writing.fetch import writing_url
from grobunn.kernel.permissions import requires
from grobunn.organisations.requests import TenantRequest


@require_POST
@requires("cases.move_adoption")
def tell(request: TenantRequest, municipality: str, adoption_id: UUID) -> HttpResponse:
    """Begin it, or go on with the one that is begun."""
    adoption = adoption_or_404(request, adoption_id)
    return redirect(writing_url(tell_own_case(adoption, actor=request.user)))
