"""Light or dark: what the person chose, kept in a cookie, written into the page by the server."""

from enum import StrEnum

from django.http import HttpRequest

COOKIE = "appearance"
COOKIE_AGE_SECONDS = 365 * 24 * 3600


class Appearance(StrEnum):
    AUTO = "auto"  # As the device says.
    LIGHT = "light"
    DARK = "dark"


def chosen(request: HttpRequest) -> Appearance:
    """What the person chose; as the device says where they never did."""
    kept = request.COOKIES.get(COOKIE, "")
    return Appearance(kept) if kept in Appearance.__members__.values() else Appearance.AUTO
