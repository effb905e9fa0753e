"""Pictures and documents of a draft. A file that an edition shows stays; one that no edition shows goes."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from grobunn.cases.models import Case, Document, Draft, Edition, Picture
from grobunn.cases.services.drafts import change_draft
from grobunn.cases.validators import validate_no_identity_numbers
from grobunn.ideas.images import CleanPhoto
from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.uploads import CleanDocument

MAX_PICTURES = 12
MAX_DOCUMENTS = 12


def add_picture(case: Case, *, photo: CleanPhoto, alternative_text: str, caption: str = "", actor: Actor) -> Picture:
    """Add a picture to the draft, last in order.

    Takes:   photo, made anew by `ideas.images`; alternative_text, what it shows, for those who do not see it.
    Raises:  ValidationError without words, for too many, for a national identity number; PermissionDenied.
    Effects: file, rows.
    """
    permissions.check("cases.edit", actor, case)
    words = _words_of_picture(alternative_text, caption)
    picture = Picture(municipality_id=case.municipality_id, case=case, width=photo.width, height=photo.height, **words)
    picture.file.save(f"{picture.pk}.jpg", photo.content, save=False)
    _keep(case, picture, field="picture_ids", most=MAX_PICTURES, actor=actor)
    return picture


def describe_picture(case: Case, picture_id: UUID, *, alternative_text: str, caption: str, actor: Actor) -> None:
    """Change the words of a picture, in every edition. Effects: row. Raises: as `add_picture`; Picture.DoesNotExist."""
    permissions.check("cases.edit", actor, case)
    picture = Picture.objects.get(case=case, pk=picture_id)
    for name, value in _words_of_picture(alternative_text, caption).items():
        setattr(picture, name, value)
    picture.save(update_fields=["alternative_text", "caption"])


def add_document(case: Case, *, document: CleanDocument, actor: Actor) -> Document:
    """Add a document to the draft, last in order. Effects: file, rows. Raises: ValidationError for too many."""
    permissions.check("cases.edit", actor, case)
    kept = Document(
        municipality_id=case.municipality_id,
        case=case,
        name=document.name,
        media_type=document.media_type,
        size=document.size,
    )
    # Its own name is kept in the row only: nothing of it reaches the storage.
    kept.file.save(f"{kept.pk}.bin", document.content, save=False)
    _keep(case, kept, field="document_ids", most=MAX_DOCUMENTS, actor=actor)
    return kept


def remove_picture(case: Case, picture_id: UUID, *, actor: Actor) -> None:
    """Take a picture out of the draft. Effects: rows; the file, once no edition shows it."""
    permissions.check("cases.edit", actor, case)
    _take_out(case, Picture.objects.filter(case=case, pk=picture_id).first(), field="picture_ids", actor=actor)


def remove_document(case: Case, document_id: UUID, *, actor: Actor) -> None:
    """Take a document out of the draft. Effects: rows; the file, once no edition shows it."""
    permissions.check("cases.edit", actor, case)
    _take_out(case, Document.objects.filter(case=case, pk=document_id).first(), field="document_ids", actor=actor)


def move_picture_first(case: Case, picture_id: UUID, *, actor: Actor) -> None:
    """Let a picture of the draft come first: lists and shared links show that one. Effects: row."""
    permissions.check("cases.edit", actor, case)

    def reordered(draft: Draft) -> Mapping[str, Any]:
        if picture_id not in draft.picture_ids or draft.picture_ids[0] == picture_id:
            return {}
        return {"picture_ids": [picture_id, *(each for each in draft.picture_ids if each != picture_id)]}

    change_draft(case, actor=actor, change=reordered)


def _words_of_picture(alternative_text: str, caption: str) -> dict[str, str]:
    words = {"alternative_text": alternative_text.strip(), "caption": caption.strip()}
    if not words["alternative_text"]:
        raise ValidationError(
            {"alternative_text": _("Say in a few words what the picture shows, for those who do not see it.")},
            code="required",
        )
    validate_no_identity_numbers(words)
    return words


def _keep(case: Case, kept: Picture | Document, *, field: str, most: int, actor: Actor) -> None:
    def added(draft: Draft) -> Mapping[str, Any]:
        present: list[UUID] = getattr(draft, field)
        if len(present) >= most:
            raise ValidationError(_("There is room for %(most)s. Remove one first."), params={"most": most})
        return {field: [*present, kept.pk]}

    try:
        with transaction.atomic():
            kept.save(force_insert=True)
            change_draft(case, actor=actor, change=added)
    except Exception:
        _delete_file(kept.file)
        raise


def _take_out(case: Case, kept: Picture | Document | None, *, field: str, actor: Actor) -> None:
    if kept is None:
        return

    def without(draft: Draft) -> Mapping[str, Any]:
        present: list[UUID] = getattr(draft, field)
        return {field: [each for each in present if each != kept.pk]} if kept.pk in present else {}

    with transaction.atomic():
        change_draft(case, actor=actor, change=without)
        if not Edition.objects.filter(case=case, **{f"content__{field}__contains": str(kept.pk)}).exists():
            file = kept.file
            kept.delete()
            transaction.on_commit(lambda: _delete_file(file))


def _delete_file(file: FieldFile) -> None:
    file.storage.delete(file.name or "")
