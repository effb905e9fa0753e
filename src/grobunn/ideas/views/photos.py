"""Photos: only for those who may read the idea."""

from uuid import UUID

from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from grobunn.ideas.models import Idea, Photo
from grobunn.ideas.views.fetch import idea_or_404, with_receipt
from grobunn.kernel.actors import ReceiptHolder
from grobunn.kernel.permissions import open_to_all, requires
from grobunn.organisations.requests import TenantRequest


@require_GET
@requires("ideas.view")
def photo(request: TenantRequest, municipality: str, reference: str, photo_id: UUID) -> HttpResponseBase:
    """A photo, for whoever may read the idea."""
    return _file(idea_or_404(request, reference), photo_id)


@require_GET
@open_to_all("Whoever has the receipt code is the writer.")
@with_receipt
def photo_by_receipt(request: TenantRequest, idea: Idea, holder: ReceiptHolder, photo_id: UUID) -> HttpResponseBase:
    """A photo, for the writer."""
    return _file(idea, photo_id)


def _file(idea: Idea, photo_id: UUID) -> HttpResponseBase:
    kept = Photo.objects.filter(pk=photo_id, idea=idea).first()
    if kept is None:
        raise Http404
    response = FileResponse(kept.file.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=3600"
    return response
