"""The picture that goes with an address when it is shared: a title on Grobunn's own colour, as PNG."""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from grobunn.ui import colours

WIDTH, HEIGHT = 1200, 630
_MARGIN = 80
_FONTS = Path(__file__).resolve().parent / "vendor" / "fonts"
_SIZES = (84, 72, 60, 50, 42)
_MOST_LINES = 4
_LINE = 1.18


def picture(*, title: str, place: str, kind: str) -> bytes:
    """A picture of 1200 by 630 pixels.

    Takes: title, as large as fits, cut where nothing fits; place, who tells; kind, what it is, in a word.
    """
    colour, ink = colours.filled("")
    image = Image.new("RGB", (WIDTH, HEIGHT), colour)
    draw = ImageDraw.Draw(image)
    draw.text((_MARGIN, _MARGIN), kind, font=_font("SemiBold", 34), fill=ink)
    font, lines = _fitted(title)
    size = font.size
    for number, line in enumerate(lines):
        draw.text((_MARGIN, 160 + number * size * _LINE), line, font=font, fill=ink)
    draw.text((_MARGIN, HEIGHT - _MARGIN - 40), place, font=_font("Regular", 38), fill=ink)
    draw.text((WIDTH - _MARGIN, HEIGHT - _MARGIN - 40), "Grobunn", font=_font("SemiBold", 38), fill=ink, anchor="ra")
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def _fitted(title: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest font in which a title stands in few lines; in the smallest it is cut."""
    for size in _SIZES:
        font = _font("Bold", size)
        lines = _broken(title, font)
        if len(lines) <= _MOST_LINES and len(lines) * size * _LINE <= 300:
            return font, lines
    return font, [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1]} …"]


def _broken(title: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """A title in lines that are no wider than the picture, broken between words."""
    lines: list[str] = []
    for word in title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= WIDTH - 2 * _MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]


def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS / f"Inter-{weight}.ttf"), size)
