"""Template tags that the components stand on."""

import json
from typing import Any

from django import template
from django.core.exceptions import ImproperlyConfigured
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, ClearableFileInput, RadioSelect, Textarea
from django.http import HttpRequest
from django.template import Context, loader
from django.utils.safestring import SafeString, mark_safe

from grobunn.ui import chrome, dates, icons
from grobunn.ui.kept import kept
from grobunn.ui.watching import watch_attributes

register = template.Library()
register.filter("from_iso", dates.from_iso)
register.filter("day", dates.day)
register.filter("moment", dates.moment)
register.filter("time_of_day", dates.time_of_day)
register.simple_tag(kept)

# In a script element, nothing may end it or open another.
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """An Aksel icon by its name."""
    return icons.svg(name)


@register.simple_tag
def watch(channel: str, part: str, *, is_shared: bool = False) -> SafeString:
    """Attributes of the element that holds a page's changing part; the page also takes in `dist/watch.js`."""
    return watch_attributes(channel, part, is_shared=is_shared)


@register.simple_tag
def schema_org(facts: dict[str, Any]) -> SafeString:
    """Facts as JSON-LD for search engines: data, which no browser runs."""
    text = json.dumps(facts, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 -- escaped above


@register.simple_tag(takes_context=True)
def header_or_footer(context: Context, template_name: str) -> SafeString:
    """The page's header or footer. Without a request, on the page of an error, it shows the name alone."""
    request = context.get("request")
    if not isinstance(request, HttpRequest) or "frame" not in context:
        return mark_safe(loader.get_template(template_name).render({}))  # noqa: S308 -- a template of ours
    path, token = request.get_full_path(), str(context.get("csrf_token", ""))
    return chrome.rendered(template_name, context["frame"].shown, path=path, token=token)


@register.simple_tag
def one_of(component: str, prop: str, value: Any, *allowed: str) -> str:
    """Refuse a prop's value that the component does not know. Writes nothing.

    Raises: ImproperlyConfigured.
    """
    if value not in allowed:
        raise ImproperlyConfigured(f"<c-{component}> {prop}={value!r}: use one of {', '.join(map(repr, allowed))}.")
    return ""


@register.simple_tag
def required_props(component: str, **props: Any) -> str:
    """Refuse a component that lacks something it cannot do without. Writes nothing.

    Raises: ImproperlyConfigured.
    """
    missing = [name for name, value in props.items() if value in (None, "")]
    if missing:
        raise ImproperlyConfigured(f"<c-{component}> lacks {', '.join(missing)}.")
    return ""


@register.filter
def field_kind(field: BoundField) -> str:
    """How a field is laid out: "checkbox", "group", "file" or "text"."""
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return "group"
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    return "file" if isinstance(widget, ClearableFileInput) else "text"


@register.filter
def is_radio(field: BoundField) -> bool:
    """Whether one of the options can be chosen, rather than several."""
    return not getattr(field.field.widget, "allow_multiple_selected", False)


@register.simple_tag
def control(field: BoundField, *, large: bool = False, hint: str = "") -> SafeString:
    """A field's control, tied to its hint and its errors for those who hear the page.

    Takes: large, for the one big box of a page; hint, one that the page shows in place of the field's own.
    """
    return field.as_widget(attrs=control_attributes(field, is_large=bool(large), hint=hint))


def control_attributes(field: BoundField, *, is_large: bool = False, hint: str = "") -> dict[str, Any]:
    """The attributes that every control of ours has."""
    own_class = field.field.widget.attrs.get("class", "")
    classes = ["ds-input", "input--large" if is_large else "", own_class]
    attributes: dict[str, Any] = {"class": " ".join(filter(None, classes))}
    described_by = described_by_of(field, hint)
    if described_by:
        attributes["aria-describedby"] = described_by
    if field.errors:
        attributes["aria-invalid"] = "true"
    if isinstance(field.field.widget, Textarea):
        attributes["cols"] = False  # As wide as its place.
    return attributes


@register.filter
def described_by_of(field: BoundField, hint: str = "") -> str:
    """Ids of the hint and the errors of a field, whichever there are."""
    hint_id = f"{field.auto_id}_hint" if hint or field.help_text else ""
    error_id = f"{field.auto_id}_error" if field.errors else ""
    return f"{hint_id} {error_id}".strip()


@register.filter
def target_id(field: BoundField) -> str:
    """Id of what an error's link leads to: the control, or the group of options."""
    return str(field.auto_id if field_kind(field) == "group" else field.id_for_label or field.auto_id)
