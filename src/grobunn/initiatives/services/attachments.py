"""Files and hand-ins: as a file, or as a text written in the browser."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grobunn.initiatives.models import Attachment, Initiative
from grobunn.initiatives.services.parts import check_underway, kept_once, refuse_identity_numbers
from grobunn.kernel import ids, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.orphans import remove_orphans
from grobunn.kernel.uploads import CleanDocument

MAX_FILES = 60


def attach(
    initiative: Initiative,
    *,
    title: str,
    document: CleanDocument | None = None,
    text: str = "",
    hand_in: str = "",
    key: UUID | None = None,
    actor: Actor,
) -> Attachment:
    """Keep a file or a text. Sent twice with the same key, it is kept once.

    Takes:   document, judged by `kernel.uploads`; hand_in, the key of what the method asks for, "" for none.
    Raises:  ValidationError without either, for too many, for a national identity number; HasEnded, PermissionDenied.
    Effects: file, row.
    """
    permissions.check("initiatives.help", actor, initiative)
    check_underway(initiative)
    refuse_identity_numbers({"title": title, "text": text})
    if document is None and not text.strip():
        raise ValidationError(_("Choose a file, or write the text here."), code="required")
    if Attachment.objects.filter(initiative=initiative).count() >= MAX_FILES:
        raise ValidationError(_("There is room for %(most)s files. Remove one first."), params={"most": MAX_FILES})
    kept = Attachment(
        municipality_id=initiative.municipality_id,
        initiative=initiative,
        key=key or ids.new_id(),
        title=title.strip() or (document.name if document else ""),
        text=text.strip(),
        hand_in=hand_in,
        made_by_id=actor.pk,
    )
    if document is None:
        return kept_once(kept)
    return _with_file(kept, document)


def _with_file(kept: Attachment, document: CleanDocument) -> Attachment:
    kept.file_name, kept.size, kept.media_type = document.name, document.size, document.media_type
    # Its own name is kept in the row only: nothing of it reaches the storage.
    kept.file.save(f"{kept.pk}.bin", document.content, save=False)
    name = kept.file.name or ""
    try:
        there = kept_once(kept)
    except Exception:
        kept.file.storage.delete(name)
        raise
    if there.pk != kept.pk:
        kept.file.storage.delete(name)
    return there


def remove_orphaned_files() -> int:
    """Remove the files that no row names. Returns: how many. Effects: files."""
    return remove_orphans(Attachment._meta.get_field("file"))
