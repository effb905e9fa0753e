"""Takes in a municipality's mark: whatever comes is opened as a picture and written anew."""

from io import BytesIO
from typing import IO
from uuid import UUID

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from grobunn.kernel import ids
from grobunn.organisations.errors import SetUpRefused

MAX_BYTES = 2 * 1024 * 1024
MAX_PIXELS = 25_000_000  # A mark needs far less; more is a bomb (a small file that unpacks to gigabytes).
LONGEST_SIDE = 512  # The header shows it 36 px high; four times that on the sharpest screens, and room for a wide one.
FORMATS = ("PNG", "JPEG", "WEBP")


class LogoUnfit(SetUpRefused):
    """A file that is not a picture that we take, or is too large."""

    def __init__(self) -> None:
        super().__init__(
            _("The logo must be a picture in PNG, JPEG or WebP of at most 2 MB. Save it as one of them and try again."),
            field="logo",
        )


def rewritten_logo(uploaded: IO[bytes], *, size_bytes: int, municipality_id: UUID) -> ContentFile:
    """The picture as a PNG of our own making: no metadata, no hidden parts, no larger than it is shown.

    Raises:  LogoUnfit.
    """
    if size_bytes > MAX_BYTES:
        raise LogoUnfit
    try:
        with Image.open(uploaded, formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise LogoUnfit
            small = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise LogoUnfit from error
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = BytesIO()
    small.save(written, "PNG", optimize=True)
    return ContentFile(written.getvalue(), name=f"{municipality_id}/{ids.new_id()}.png")
