"""Count what people look for and do not find, so that nobody can be read out of it."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django_scopes import scope, scopes_disabled

from grobunn.kernel import clock, ids
from grobunn.kernel.identity_numbers import find_national_identity_number
from grobunn.kernel.limits import address_of
from grobunn.search.models import Unmet
from grobunn.search.words import content_words, words_of

KEPT = timedelta(days=90)
_MOST_CHARACTERS = 80
# Words beyond this are a text that somebody pasted, not a need that others share.
_MOST_WORDS = 8
_SALT_SECONDS = int(timedelta(days=32).total_seconds())
# What could be somebody: an e-mail address, or digits as long as a telephone, account or identity number.
_COULD_BE_SOMEBODY = re.compile(r"\S@\S|(?:\d[ .\-]?){8,}")


def note_unmet(words: str, *, municipality_id: UUID, request: HttpRequest) -> None:
    """Note that somebody found nothing, once per person and words; never who, never what could be somebody.

    Effects: row, or none where the words say nothing or hold a number or address.
    """
    kept = normalised(words)
    if not kept:
        return
    person, period = _pseudonym(request, kept)
    with scope(municipality=municipality_id):
        row = Unmet(municipality_id=municipality_id, words=kept, person=person, period=period, on=clock.today())
        Unmet.objects.bulk_create([row], ignore_conflicts=True)


def normalised(words: str) -> str:
    """Words as they are counted: lower case, single spaces, no signs; "" for what is not to be kept."""
    if _COULD_BE_SOMEBODY.search(words) or find_national_identity_number(words):
        return ""
    found = words_of(words)
    if not content_words(words, limit=1) or len(found) > _MOST_WORDS:
        return ""
    return " ".join(found)[:_MOST_CHARACTERS]


def forget_unmet() -> None:
    """Delete what is older than KEPT. Effects: rows."""
    with scopes_disabled():
        Unmet.objects.filter(on__lt=clock.today() - KEPT).delete()


def _pseudonym(request: HttpRequest, words: str) -> tuple[str, str]:
    """Who it is for these words and this period, and the period.

    The words are part of it, so that two needs of one person cannot be put together. A network address counts for its
    day alone: its own pseudonym is new each day, and a day is all that is known of whoever is not signed in.
    """
    user: Any = request.user
    if user.is_authenticated:
        period = clock.today().strftime("%Y-%m")
        who = f"{_salt_of(period)}:{user.pk}"
    else:
        period = clock.today().isoformat()
        who = address_of(request)
    return salted_hmac("grobunn.search.unmet", f"{who}:{words}", algorithm="sha256").hexdigest(), period


def _salt_of(period: str) -> str:
    """A random salt for a month, the same in every process, thrown away after it."""
    return str(cache.get_or_set(f"search.unmet.salt.{period}", ids.new_secret, _SALT_SECONDS))
