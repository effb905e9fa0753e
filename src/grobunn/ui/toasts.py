"""Messages after an act, with a button that undoes it: Django's messages, carrying a form."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.safestring import SafeString

_MARK = "grobunn-undo "


@dataclass(frozen=True)
class Toast:
    """A message as the page shows it. `kind` is one of Designsystemet's colours of an alert."""

    text: str
    kind: str
    undo_url: str = ""
    undo_fields: Mapping[str, str] = field(default_factory=dict)


_KINDS = {messages.SUCCESS: "success", messages.WARNING: "warning", messages.ERROR: "danger"}


def success(
    request: HttpRequest, message: Any, *, undo_url: str = "", undo_fields: Mapping[str, str] | None = None
) -> None:
    """Tell that something is done.

    Takes: undo_url, an address that takes a POST of undo_fields and undoes it; "" where nothing can be undone.
    """
    undo = _MARK + json.dumps({"url": undo_url, "fields": dict(undo_fields or {})}) if undo_url else ""
    messages.success(request, message, extra_tags=undo)


def info(request: HttpRequest, message: Any) -> None:
    """Tell something that is good to know."""
    messages.info(request, message)


def warning(request: HttpRequest, message: Any) -> None:
    """Tell that something needs attention."""
    messages.warning(request, message)


def failure(request: HttpRequest, message: Any) -> None:
    """Tell that something did not happen, and what to do."""
    messages.error(request, message)


def waiting(request: HttpRequest) -> list[Toast]:
    """The messages that this page shows; they are shown once."""
    return [_toast(message) for message in messages.get_messages(request)]


def _toast(message: Any) -> Toast:
    kind = _KINDS.get(message.level, "info")
    text = message.message if isinstance(message.message, SafeString) else str(message.message)
    tags = message.extra_tags or ""
    if not tags.startswith(_MARK):
        return Toast(text=text, kind=kind)
    undo = json.loads(tags.removeprefix(_MARK))
    return Toast(text=text, kind=kind, undo_url=undo["url"], undo_fields=undo["fields"])
