"""The code on the wall: of one day, made from a signature of it, short enough to be read aloud and typed."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from grobunn.kernel import clock, ids
from grobunn.organisations.models import Municipality
from grobunn.programmes.models import Day

# The code may be used from so long before the day begins.
OPENS_BEFORE = timedelta(hours=1)
_SALT = "programmes.wall"


def code_of(day: Day) -> str:
    """The code of a day. Nobody guesses it (60 bits); a new secret of the gathering makes another."""
    return _codes(day.pk, day.gathering.code_secret)[0]


def code_hours(day: Day) -> tuple[datetime, datetime]:
    """From when and until when the code of a day may be used."""
    return clock.at(day.on, day.starts) - OPENS_BEFORE, clock.at(day.on, day.ends)


def here_page(day: Day) -> str:
    """Where the code on the wall leads."""
    here = day.gathering.cohort.programme.municipality
    return reverse("programmes:here", kwargs={"municipality": here.slug, "code": code_of(day)})


def day_of_code(typed: str, municipality: Municipality) -> Day | None:
    """The day of a municipality that a code is of, however it was typed; None for a code that is not ours."""
    code = ids.normalised_receipt(typed)
    if code is None:
        return None
    rows = Day.objects.filter(municipality=municipality).values_list("pk", "gathering__code_secret")
    for day_id, secret in rows:
        if any(constant_time_compare(code, each) for each in _codes(day_id, secret)):
            return Day.objects.select_related("gathering__cohort__programme__municipality").get(pk=day_id)
    return None


def _codes(day_id: UUID, secret: str) -> list[str]:
    """The code of a day by the installation's key, and by those that it had before."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [
        ids.receipt_of(salted_hmac(_SALT, f"{day_id}:{secret}", secret=key, algorithm="sha256").digest())
        for key in keys
    ]
