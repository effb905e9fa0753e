"""Figures in the reader's own way of writing them."""

import numpy as np
from django.utils.formats import number_format

NOTHING = "–"


def figure(value: float, *, decimals: int = 2) -> str:
    """A figure, or a dash for none."""
    return NOTHING if np.isnan(value) else str(number_format(round(float(value) + 0.0, decimals), decimals))


def whole(value: float) -> str:
    """A whole number, or a dash for none."""
    return NOTHING if np.isnan(value) else str(int(value))


def span(low: float, high: float, *, decimals: int = 2) -> str:
    """From and to, or a dash where there is neither."""
    if np.isnan(low) or np.isnan(high):
        return NOTHING
    return f"{figure(low, decimals=decimals)}–{figure(high, decimals=decimals)}"


def places(low: float, high: float) -> str:
    """The places between which something comes."""
    if np.isnan(low):
        return NOTHING
    return whole(low) if low == high else f"{whole(low)}–{whole(high)}"


def share(value: float) -> str:
    """A share as percent: never 0 or 100 for what is merely near."""
    if np.isnan(value):
        return NOTHING
    percent = round(value * 100)
    if 0 < value < 0.005:
        return "<\u00a01\u00a0%"
    if 0.995 <= value < 1:
        return ">\u00a099\u00a0%"
    return f"{percent}\u00a0%"
