"""A tenant's own colour: from one hex, the scale of accessible colours that Designsystemet's components use.

The scale follows Designsystemet's own: each step has a fixed relative luminance, so the contrast between a text step
and a surface step is the same whatever the hue (WCAG 2.1, 1.4.3 and 1.4.11). Hue is kept in OKLCH (B. Ottosson, 2020).
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

# Where a tenant has none of its own.
GROBUNN = "#0b6b50"
HEX = re.compile(r"#[0-9a-f]{6}")

# Step: relative luminance in light, in dark, and how much of the colour's chroma it keeps.
STEPS: dict[str, tuple[float, float, float]] = {
    "background-default": (1.0, 0.009, 0.15),
    "background-tinted": (0.9, 0.014, 0.14),
    "surface-default": (1.0, 0.021, 0.22),
    "surface-tinted": (0.81, 0.027, 0.25),
    "surface-hover": (0.7, 0.036, 0.36),
    "surface-active": (0.59, 0.056, 0.48),
    "border-subtle": (0.5, 0.08, 0.55),
    "border-default": (0.19, 0.22, 0.9),
    "border-strong": (0.11, 0.39, 0.9),
    "text-subtle": (0.11, 0.39, 0.9),
    "text-default": (0.025, 0.8, 0.6),
}
# A filled control stands out from the page by at least 3:1: no lighter than this in light, no darker in dark.
LIGHTEST_BASE, DARKEST_BASE = 0.29, 0.3
ENOUGH = 4.5


@dataclass(frozen=True)
class Scheme:
    """The colours of one scheme, by Designsystemet's step names."""

    steps: dict[str, str]

    def css(self) -> str:
        """The steps as custom properties of the accent colour."""
        return "".join(f"--ds-color-accent-{name}:{value};" for name, value in self.steps.items())


@lru_cache(maxsize=512)
def style_sheet(colour: str) -> str:
    """The style sheet that gives a page a tenant's colour, in light and in dark.

    Takes:   colour, "#rrggbb" in lower case.
    Raises:  ValueError for anything else.
    """
    light, dark = light_scheme(colour).css(), dark_scheme(colour).css()
    return (
        f":root,[data-color-scheme=light]{{{light}}}"
        f"@media screen{{[data-color-scheme=dark]{{{dark}}}}}"
        f"@media screen and (prefers-color-scheme:dark){{[data-color-scheme=auto]{{{dark}}}}}"
    )


def light_scheme(colour: str) -> Scheme:
    """The light scale of a colour."""
    _lightness, chroma, hue = _oklch(_parsed(colour))
    steps = {name: _at_luminance(hue, chroma * keep, light) for name, (light, _, keep) in STEPS.items()}
    base = colour if luminance(colour) <= LIGHTEST_BASE else _at_luminance(hue, chroma, LIGHTEST_BASE)
    return Scheme(steps | _filled(base, hue, chroma))


def dark_scheme(colour: str) -> Scheme:
    """The dark scale of a colour."""
    _lightness, chroma, hue = _oklch(_parsed(colour))
    steps = {name: _at_luminance(hue, chroma * keep, dark) for name, (_, dark, keep) in STEPS.items()}
    base = colour if luminance(colour) >= DARKEST_BASE else _at_luminance(hue, chroma, DARKEST_BASE)
    return Scheme(steps | _filled(base, hue, chroma))


def filled(colour: str) -> tuple[str, str]:
    """A ground of a tenant's colour and the colour of readable text on it, on a page or on paper."""
    steps = light_scheme(colour or GROBUNN).steps
    return steps["base-default"], steps["base-contrast-default"]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.1)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    red, green, blue = _parsed(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _filled(base: str, hue: float, chroma: float) -> dict[str, str]:
    """Steps of a filled control: pressing moves it away from its text, so that the contrast only grows."""
    text = "#ffffff" if contrast(base, "#ffffff") >= ENOUGH else "#000000"
    away = 0.75 if text == "#ffffff" else 1.25
    brightness = luminance(base)
    hover, active = (_at_luminance(hue, chroma, min(1.0, brightness * away**press)) for press in (1, 2))
    subtle = _first(
        lambda share: _mixed(text, base, share), lambda candidate: contrast(candidate, base) >= ENOUGH, otherwise=text
    )
    return {
        "base-default": base,
        "base-hover": hover,
        "base-active": active,
        "base-contrast-subtle": subtle,
        "base-contrast-default": text,
    }


def _first(make: Callable[[float], str], is_good: Callable[[str], bool], *, otherwise: str) -> str:
    """The softest of a few candidates that is good enough."""
    candidates = (make(share / 10) for share in range(7, 11))
    return next((candidate for candidate in candidates if is_good(candidate)), otherwise)


def _mixed(one: str, other: str, share: float) -> str:
    pairs = zip(_bytes(one), _bytes(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def _at_luminance(hue: float, chroma: float, wanted: float) -> str:
    """The colour of a hue that has the wanted luminance, as much of the chroma kept as the screen can show."""
    low, high = 0.0, 1.0
    for _ in range(24):
        middle = (low + high) / 2
        red, green, blue = _in_gamut(middle, chroma, hue)
        if 0.2126 * red + 0.7152 * green + 0.0722 * blue < wanted:
            low = middle
        else:
            high = middle
    return "#" + "".join(f"{round(_encoded(channel) * 255):02x}" for channel in _in_gamut(high, chroma, hue))


def _in_gamut(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Linear RGB with the chroma lowered until every channel fits."""
    low, high = 0.0, chroma
    channels = _linear(lightness, chroma, hue)
    if _fits(channels):
        return _clipped(channels)
    for _ in range(16):
        middle = (low + high) / 2
        if _fits(_linear(lightness, middle, hue)):
            low = middle
        else:
            high = middle
    return _clipped(_linear(lightness, low, hue))


def _fits(channels: tuple[float, float, float]) -> bool:
    return all(-0.0005 <= channel <= 1.0005 for channel in channels)


def _clipped(channels: tuple[float, float, float]) -> tuple[float, float, float]:
    red, green, blue = (min(1.0, max(0.0, channel)) for channel in channels)
    return red, green, blue


def _bytes(colour: str) -> tuple[int, int, int]:
    if not HEX.fullmatch(colour):
        raise ValueError(f"Not a colour of the form #rrggbb: {colour!r}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _parsed(colour: str) -> tuple[float, float, float]:
    """Linear RGB of a hex colour."""
    red, green, blue = (_decoded(value / 255) for value in _bytes(colour))
    return red, green, blue


def _decoded(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _encoded(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _oklch(rgb: tuple[float, float, float]) -> tuple[float, float, float]:
    red, green, blue = rgb
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
