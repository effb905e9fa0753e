"""Aksel's icons, put into the page as SVG; the build copies them, each is read once."""

from functools import lru_cache
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).resolve().parent / "vendor" / "icons"


@lru_cache(maxsize=256)
def svg(name: str) -> SafeString:
    """The icon's drawing, hidden from screen readers: the words beside it say what it means.

    Raises: ImproperlyConfigured for a name that Aksel does not have. Without a front-end build there are no icons.
    """
    if not FOLDER.is_dir():
        return mark_safe("")
    path = FOLDER / f"{name}.svg"
    if not name.isalnum() or not path.is_file():
        raise ImproperlyConfigured(f"Aksel has no icon {name!r}.")
    drawing = path.read_text(encoding="utf-8").replace("\n", "")
    return mark_safe(drawing.replace("<svg ", '<svg class="ds-icon" aria-hidden="true" focusable="false" ', 1))  # noqa: S308 -- a file of the build
