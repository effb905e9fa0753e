"""What a parked idea waits for. A leaf: models and forms stand on it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WaitsFor(models.TextChoices):
    """What would wake a parked idea; each has a date of review besides."""

    DATE = "date", _("Only the day")
    CALL = "call", _("A new funding call")
    LAW = "law", _("A change in the law")
    TECHNOLOGY = "technology", _("Technology that is not there yet")
    ADOPTION = "adoption", _("Another municipality takes an example into use")
    CAPACITY = "capacity", _("Capacity is free")


# What the system sees by itself; of the others the holder is asked on the day.
SEEN = frozenset({WaitsFor.ADOPTION, WaitsFor.CAPACITY})
# What a holder may choose by a form; capacity takes a need, and is waited for from where work starts.
CHOSEN = tuple(each for each in WaitsFor if each != WaitsFor.CAPACITY)
SUBJECT_LENGTH = 120


def subject_of(typed: str) -> str:
    """What a condition is about, as it is compared: the last part of an address, or the name itself."""
    return typed.strip().rstrip("/").rsplit("/", 1)[-1].lower()
