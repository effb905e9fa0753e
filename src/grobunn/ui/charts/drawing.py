"""Draws a Vega-Lite specification as SVG or PNG. Kept by its content: the same chart is drawn once.

The drawing engine (75 MB, half a second the first time) is loaded when the first chart is drawn that nobody has kept.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from django.core.cache import caches
from django.utils.safestring import SafeString, mark_safe

from grobunn.ui.charts.colours import on_paper

_FONTS = Path(__file__).resolve().parent.parent / "vendor" / "fonts"
# The version of Vega-Lite that specs.py is written for; vl-convert carries several.
_VEGA_LITE = "6.4"
# Another number, when what is drawn from the same specification looks otherwise.
_EDITION = 1
_KEPT_SECONDS = 30 * 24 * 3600
# The page names the drawing as a whole; what each mark says of itself would be heard beside it; the table says more.
_SAID_BY_MARKS = re.compile(r' (?:role|aria-label|aria-roledescription|aria-hidden|pointer-events)="[^"]*"')
_LONG_NUMBERS = re.compile(r"(\d\.\d\d)\d+")
_EMPTY = re.compile(r'<path class="(?:fore|back)ground" d="[^"]*"(?: display="none")?/>')


def svg(spec: Mapping[str, Any]) -> SafeString:
    """A drawing to put into a page: no script, no style, colours as the page's variables (`colours.py`)."""
    text = _text(spec)
    key = f"charts.{_EDITION}.{hashlib.sha256(text.encode()).hexdigest()}"
    known = caches["process"].get(key)
    if known is None:
        known = caches["default"].get(key)
        if known is None:
            known = _drawn(text)
            caches["default"].set(key, known, _KEPT_SECONDS)
        caches["process"].set(key, known, _KEPT_SECONDS)
    return mark_safe(known)  # noqa: S308 -- drawn by vl-convert, which escapes the words


def png(spec: Mapping[str, Any], *, scale: float = 2) -> bytes:
    """A drawing for slides, on white, in the colours of paper. Takes: scale, pixels to a point."""
    drawn = on_paper(_drawn(_text({**spec, "background": "#ffffff", "padding": 16})))
    return cast("bytes", _engine().svg_to_png(drawn, scale=scale))


def _text(spec: Mapping[str, Any]) -> str:
    return json.dumps(spec, sort_keys=True, ensure_ascii=False)


def _drawn(text: str) -> str:
    """The drawing, without what only weighs: its own words for screen readers, empty paths, long fractions."""
    drawn: str = _engine().vegalite_to_svg(text, vl_version=_VEGA_LITE)
    quiet = _EMPTY.sub("", _LONG_NUMBERS.sub(r"\1", _SAID_BY_MARKS.sub("", drawn)))
    return quiet.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1).replace(' opacity="1"', "")


@cache
def _engine() -> ModuleType:
    import vl_convert  # noqa: PLC0415 -- slow import

    if _FONTS.is_dir():
        vl_convert.register_font_directory(str(_FONTS))
    return vl_convert
