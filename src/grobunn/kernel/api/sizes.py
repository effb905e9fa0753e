"""How large a request may be."""

from django.http import HttpRequest

# An idea's text has at most 20,000 characters, four bytes each at the most and escaped in JSON up to twelve.
LARGEST_TEXT_BYTES = 256 * 1024
# Five photos of 10 MB each, and what is written beside them.
LARGEST_UPLOAD_BYTES = 52 * 1024 * 1024


class TooLarge(Exception):  # noqa: N818 -- a refusal, named for what is so
    """A request over the limit; it is refused before its body is read."""


def check(request: HttpRequest) -> None:
    """Refuse a request whose body is too large.

    Raises:  TooLarge.
    """
    is_upload = request.content_type == "multipart/form-data"
    length = request.META.get("CONTENT_LENGTH") or "0"
    if int(length) > (LARGEST_UPLOAD_BYTES if is_upload else LARGEST_TEXT_BYTES):
        raise TooLarge
