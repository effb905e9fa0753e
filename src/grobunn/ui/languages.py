"""The language that a person chose, and the languages there are."""

from django.conf import settings
from django.http import HttpRequest

COOKIE_AGE_SECONDS = 365 * 24 * 3600
# Each language's own name: nobody looks for theirs in another one.
OWN_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


def chosen(request: HttpRequest) -> str | None:
    """The language that the person chose: the cookie, else the account's; None if they never chose.

    Touches the session only for somebody who has one.
    """
    kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if kept in OWN_NAMES:
        return kept
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    own = getattr(request.user, "language", "") if request.user.is_authenticated else ""
    return own if own in OWN_NAMES else None
