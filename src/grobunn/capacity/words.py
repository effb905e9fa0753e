"""Amounts of capacity as people read them."""

from decimal import Decimal
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext, override

from grobunn.capacity.kinds import Measure, measure_of


def amount_words(amount: Decimal) -> str:
    """A figure without what says nothing: 40, 7,5 or 1 200 000."""
    return _written(amount, get_language())


@lru_cache(maxsize=4096)  # The same figures stand in many cells of a page, and on every visit to it.
def _written(amount: Decimal, language: str | None) -> str:
    places = next(places for places in (0, 1, 2) if places == 2 or round(amount, places) == amount)
    with override(language):
        return number_format(amount, decimal_pos=places)


def measured(amount: Decimal, kind: str) -> str:
    """A figure and what it counts: 40 hours, 1 place."""
    given = {"amount": amount_words(amount)}
    number = 1 if abs(amount) == 1 else 2
    measure = measure_of(kind)
    if measure == Measure.HOURS:
        return ngettext("%(amount)s hour", "%(amount)s hours", number) % given
    if measure == Measure.KRONER:
        return ngettext("%(amount)s krone", "%(amount)s kroner", number) % given
    if measure == Measure.PLACES:
        return ngettext("%(amount)s place", "%(amount)s places", number) % given
    return ngettext("%(amount)s change", "%(amount)s changes", number) % given
