"""How long something has stood where it stands: in four sorts, and in words."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from grobunn.kernel import clock


class Age(models.TextChoices):
    """How long work has been in its stage."""

    MONTH = "0-30", _("up to 30 days")
    QUARTER = "31-90", _("31 to 90 days")
    HALF_YEAR = "91-180", _("91 to 180 days")
    OLDER = "181", _("more than 180 days")


_BOUNDS: dict[Age, tuple[int, int | None]] = {
    Age.MONTH: (0, 31),
    Age.QUARTER: (31, 91),
    Age.HALF_YEAR: (91, 181),
    Age.OLDER: (181, None),
}


def since_of(age: str, *, field: str = "stage_since") -> dict[str, Any]:
    """What an age asks of a time, counted in whole days back from now."""
    newest, oldest = _BOUNDS[Age(age)]
    now = clock.now()
    asked: dict[str, Any] = {f"{field}__lte": now - timedelta(days=newest)} if newest else {}
    if oldest is not None:
        asked[f"{field}__gt"] = now - timedelta(days=oldest)
    return asked


def age_of(days: int) -> Age:
    """The sort that a number of whole days belongs to."""
    return next(
        age for age, (newest, oldest) in _BOUNDS.items() if days >= newest and (oldest is None or days < oldest)
    )


def days_since(moment: datetime) -> int:
    """Whole days from a moment to now."""
    return max(0, (clock.now() - moment).days)


def in_words(days: int) -> str:
    """As people say it: days up to two weeks, weeks up to three months, then months."""
    if days < 14:
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    if days < 91:
        return ngettext("%(count)s week", "%(count)s weeks", days // 7) % {"count": days // 7}
    months = round(days / 30.44)
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
