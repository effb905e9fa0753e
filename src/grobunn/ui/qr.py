"""QR codes as SVG: sharp in every size, on pages and in documents."""

import io

import segno


def svg(address: str, *, title: str = "", scale: int = 8, is_fluid: bool = False, mask: int | None = None) -> str:
    """The QR code of an address as an SVG element without a background of its own but white.

    Takes: title, what it is for those who do not see it; error correction is enough for a smudged poster (level M);
           is_fluid, as large as its place is, instead of by scale;
           mask, the pattern from 0 to 7 that is laid over it: given where hundreds are made at once, as to find the
           best one takes five times as long.
    """
    buffer = io.BytesIO()
    segno.make(address, error="m", micro=False, mask=mask).save(
        buffer,
        kind="svg",
        scale=scale,
        border=4,
        dark="#000",
        light="#fff",
        title=title or None,
        omitsize=is_fluid,
        xmldecl=False,
        svgns=True,
    )
    return buffer.getvalue().decode("utf-8").strip()
