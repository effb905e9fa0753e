"""Photos: the real type checked, re-encoded, and nothing kept but the picture itself."""

import io
import warnings
from dataclasses import dataclass
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 60_000_000  # A large phone camera takes 50 million; more is a bomb, not a photo.
LONGEST_SIDE = 2048
MAX_PHOTOS = 4
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")


@dataclass(frozen=True)
class CleanPhoto:
    """A picture that is safe to keep: JPEG, upright, at most 2048 px, without metadata."""

    content: "ContentFile[bytes]"
    width: int
    height: int


def clean_photo(file: IO[bytes], *, size: int) -> CleanPhoto:
    """The picture in an uploaded file, made anew.

    Takes:   file, at its start; size in bytes as received.
    Raises:  ValidationError: too large, not a picture whatever its name says, or too many pixels.
    """
    from pillow_heif import register_heif_opener  # noqa: PLC0415 -- slow import

    register_heif_opener()
    if size > MAX_BYTES:
        raise ValidationError(_("The photo is larger than 10 MB. Choose a smaller one."), code="too_large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=_FORMATS)
            if picture.width * picture.height > MAX_PIXELS:
                raise _not_a_photo()
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise _not_a_photo() from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)  # A new picture carries no metadata of the old one.
    out = io.BytesIO()
    clean.save(out, format="JPEG", quality=82, optimize=True)
    return CleanPhoto(content=ContentFile(out.getvalue()), width=clean.width, height=clean.height)


def _not_a_photo() -> ValidationError:
    return ValidationError(
        _("The file is not a photo that can be read. Use a JPEG, PNG, WebP, GIF or HEIC picture."), code="not_a_photo"
    )
