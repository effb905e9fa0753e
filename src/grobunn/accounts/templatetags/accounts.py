"""What the pages of accounts need beside the components."""

import io
import json
from typing import Any

import segno
from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """A value for a data attribute that a script reads; the template escapes it."""
    return json.dumps(value, default=str)


@register.simple_tag
def qr_code(text: str) -> SafeString:
    """A QR code as SVG, drawn without styles or scripts."""
    drawn = io.BytesIO()
    segno.make(text, error="m").save(drawn, kind="svg", scale=5, xmldecl=False, svgns=True, dark="#000", light="#fff")
    return mark_safe(drawn.getvalue().decode())  # noqa: S308 -- drawn here: paths alone, no text


@register.simple_tag
def sign_in_offers() -> dict[str, bool]:
    """What the login page offers beside the password."""
    return {"is_demo": settings.DEMO}
