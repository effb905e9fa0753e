"""Photos that were chosen, where the page of the box is shown once more instead of sending the idea."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from grobunn.ideas.forms.intake import PhotosField, too_many_photos
from grobunn.ideas.images import MAX_PHOTOS, CleanPhoto
from grobunn.ideas.services.kept_photos import (
    KEPT_BY_KNOWN,
    KEPT_FROM_AN_ADDRESS,
    KeptPhoto,
    keep_photo,
    kept_photos,
)
from grobunn.kernel.limits import TooManyRequests, address_of, spend
from grobunn.organisations.requests import TenantRequest


@dataclass(frozen=True)
class Kept:
    """The photos that the page keeps, and a sentence for the writer if some have to be chosen once more."""

    photos: Sequence[KeptPhoto] = ()
    problem: str = ""


def keep_unchecked(request: TenantRequest) -> Kept:
    """Keep what came with a form of which nothing else is checked yet."""
    keys = request.POST.getlist("kept")
    kept = kept_photos(keys)
    try:
        chosen = PhotosField(required=False).clean(request.FILES.getlist("photos"))
        if len(kept) + len(chosen) > MAX_PHOTOS:
            raise too_many_photos()
    except ValidationError as refusal:
        return Kept(kept, refusal.messages[0])
    is_whole = len(kept) == len(keys)
    problem = "" if is_whole else _("A photo from before is not there any more. Choose it once more.")
    return keep_chosen(request, kept, chosen, problem=problem)


def keep_chosen(
    request: TenantRequest, kept: Sequence[KeptPhoto], chosen: Sequence[CleanPhoto], *, problem: str = ""
) -> Kept:
    """Keep photos that were just chosen beside those from before. Takes: chosen, as the request's files, or none."""
    added: list[KeptPhoto] = []
    for photo, file in zip(chosen, request.FILES.getlist("photos"), strict=False):
        try:
            _spend(request)
        except TooManyRequests:
            return Kept([*kept, *added], _("Choose the photos once more when you send: we cannot keep more just now."))
        added.append(keep_photo(photo, name=file.name or ""))
    return Kept([*kept, *added], problem)


def _spend(request: TenantRequest) -> None:
    if request.user.is_authenticated:
        spend("ideas.keep_photo", who=str(request.user.pk), rate=KEPT_BY_KNOWN)
    else:
        spend("ideas.keep_photo", who=address_of(request), rate=KEPT_FROM_AN_ADDRESS)
