"""The language that a person chose, and the languages there are."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

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


def of_browser(request: HttpRequest, *, among: Sequence[str] = tuple(OWN_NAMES)) -> str | None:
    """The first language of the browser's list that there is; "no" means bokmål. None if there is none."""
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if code == "no":
            code = "nb"  # noqa: PLW2901 -- the macro-language's usual meaning
        try:
            found = get_supported_language_variant(code)
        except LookupError:
            continue
        if found in among:
            return found
    return None
