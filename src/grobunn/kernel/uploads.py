"""Documents that people send: which kinds of file are taken, by their content and not by their name alone."""

import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 20 * 1024 * 1024
NAME_LENGTH = 200
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
# Extension: media type, and how such a file begins. Formats that carry macros or scripts are not here.
_KINDS: dict[str, tuple[str, bytes]] = {
    "pdf": ("application/pdf", b"%PDF-"),
    "docx": (f"{_OFFICE}wordprocessingml.document", b"PK\x03\x04"),
    "xlsx": (f"{_OFFICE}spreadsheetml.sheet", b"PK\x03\x04"),
    "pptx": (f"{_OFFICE}presentationml.presentation", b"PK\x03\x04"),
    "odt": (f"{_OPEN}text", b"PK\x03\x04"),
    "ods": (f"{_OPEN}spreadsheet", b"PK\x03\x04"),
    "odp": (f"{_OPEN}presentation", b"PK\x03\x04"),
    "csv": ("text/csv", b""),
    "txt": ("text/plain", b""),
}
ACCEPT = ",".join(f".{extension}" for extension in _KINDS)


@dataclass(frozen=True)
class CleanDocument:
    """A file that may be kept, with the media type that it is served as."""

    name: str
    media_type: str
    content: "ContentFile[bytes]"
    size: int


def clean_document(file: IO[bytes], *, name: str, size: int) -> CleanDocument:
    """The file that was sent, if it is of a kind that others can use and that does nothing by itself.

    Raises: ValidationError: too large, of another kind than its name says, with macros, not readable text.
    """
    if size > MAX_BYTES:
        raise ValidationError(_("The file is larger than 20 MB. Choose a smaller one, or link to it."), code="large")
    base = PurePath(name.replace("\\", "/")).name[-NAME_LENGTH:]
    media_type, beginning = _KINDS.get(PurePath(base).suffix.lower().lstrip("."), ("", b""))
    content = file.read()
    if not media_type or not content.startswith(beginning) or not _is_what_it_says(content, media_type):
        raise ValidationError(
            _("That kind of file is not taken. Use PDF, Word, Excel, PowerPoint, OpenDocument, CSV or plain text."),
            code="kind",
        )
    return CleanDocument(name=base, media_type=media_type, content=ContentFile(content), size=len(content))


def _is_what_it_says(content: bytes, media_type: str) -> bool:
    if media_type.startswith("text/"):
        return _is_text(content)
    if media_type.startswith("application/vnd."):
        return _is_office_file(content, media_type)
    return True


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Excel in Norway writes CSV so.
        return b"\0" not in content


def _is_office_file(content: bytes, media_type: str) -> bool:
    """Whether a zip holds the parts of its format and no macros."""
    try:
        with zipfile.ZipFile(ContentFile(content)) as archive:
            names = set(archive.namelist())
            declared = archive.read("mimetype").decode() if "mimetype" in names else ""
    # The last two are how zipfile tells of a compression that it does not know, and of a file that is locked.
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError, NotImplementedError, RuntimeError):
        return False
    if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
        return False
    return declared == media_type if media_type.startswith(_OPEN) else "[Content_Types].xml" in names
