"""Pictures and documents of a published case."""

from mimetypes import guess_type
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from grobunn.cases.models import Case, Document, Picture
from grobunn.cases.queries.published import readable_file
from grobunn.cases.views.reading.fetch import WHY_OPEN, of_case
from grobunn.kernel.permissions import open_to_all

# A file under an id never changes; it may be withdrawn with its case.
_KEPT = "public, max-age=3600"
_PICTURE_TYPES = {"image/jpeg", "image/png", "image/webp"}


@require_GET
@open_to_all(WHY_OPEN)
@of_case
def picture(request: HttpRequest, case: Case, picture_id: UUID) -> HttpResponseBase:
    """A picture that the case shows or has shown."""
    try:
        kept = readable_file(Picture, case, picture_id)
    except Picture.DoesNotExist as error:
        raise Http404 from error
    media_type, _encoding = guess_type(str(kept.file.name))
    if media_type not in _PICTURE_TYPES:
        raise Http404
    return FileResponse(kept.file.open("rb"), content_type=media_type, headers={"Cache-Control": _KEPT})


@require_GET
@open_to_all(WHY_OPEN)
@of_case
def document(request: HttpRequest, case: Case, document_id: UUID) -> HttpResponseBase:
    """A document to take home: always as a download, never opened as a page of ours."""
    try:
        kept = readable_file(Document, case, document_id)
    except Document.DoesNotExist as error:
        raise Http404 from error
    return FileResponse(
        kept.file.open("rb"),
        as_attachment=True,
        filename=kept.name,
        content_type=kept.media_type,
        headers={"Cache-Control": _KEPT},
    )
