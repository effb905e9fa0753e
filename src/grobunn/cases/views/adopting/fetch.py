"""How a view finds an adoption: 404 for whoever may not see it."""

from uuid import UUID

from django.http import Http404

from grobunn.cases.models import Adoption
from grobunn.cases.queries.adoptions import adoption_by_id
from grobunn.kernel import permissions
from grobunn.organisations.requests import TenantRequest


def adoption_or_404(request: TenantRequest, adoption_id: UUID) -> Adoption:
    """An adoption of the address's municipality that the reader may see.

    Raises: Http404.
    """
    adoption = adoption_by_id(adoption_id)
    if adoption is None or adoption.municipality_id != request.municipality.pk:
        raise Http404
    if not permissions.is_allowed("cases.view_adoption", request.user, adoption):
        raise Http404
    return adoption
