"""The controls of forms, written as Django writes them but without a template for each attribute.

A form has a dozen of them, and Django's templates include one another three deep: a third of the cost of a page with a
form. What is not written here, Django's own templates write; a test holds the two against each other.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

_FOLDER = "django/forms/widgets/"
_INPUTS = (
    *("text", "number", "email", "url", "color", "search", "tel", "password", "hidden", "file"),
    *("date", "datetime", "time", "checkbox"),
)


class Renderer(DjangoTemplates):
    """Writes the simple controls itself and leaves the rest to Django."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        writer = _WRITERS.get(template_name)
        html = None if writer is None else writer(context["widget"])
        if html is None:
            html = super().render(template_name, context, request=request)
        return mark_safe(html)  # noqa: S308 -- every value is escaped, below or by Django


def _input(widget: Mapping[str, Any]) -> str:
    value = widget["value"]
    worth = "" if value is None else f' value="{_written(value)}"'
    return f'<input type="{_written(widget["type"])}" name="{_written(widget["name"])}"{worth}{_attributes(widget)}>'


def _file_input(widget: Mapping[str, Any]) -> str | None:
    if widget["is_initial"]:  # With what is there already, and a way to remove it: Django's template knows how.
        return None
    return f'<input type="{_written(widget["type"])}" name="{_written(widget["name"])}"{_attributes(widget)}>'


def _textarea(widget: Mapping[str, Any]) -> str:
    value = _written(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_written(widget["name"])}"{_attributes(widget)}>\n{value}</textarea>'


def _select(widget: Mapping[str, Any]) -> str:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return f'<select name="{_written(widget["name"])}"{_attributes(widget)}>{groups}\n</select>'


def _group(name: Any, options: list[Mapping[str, Any]]) -> str:
    written = "".join(f"\n  {_option(option)}" for option in options)
    return f'\n  <optgroup label="{_written(name)}">{written}\n  </optgroup>' if name else written


def _option(option: Mapping[str, Any]) -> str:
    return f'<option value="{_written(option["value"])}"{_attributes(option)}>{_written(option["label"])}</option>'


def _attributes(widget: Mapping[str, Any]) -> str:
    return "".join(
        f" {_written(name)}" if value is True else f' {_written(name)}="{_written(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _written(value: Any) -> str:
    return conditional_escape(value if isinstance(value, str) else str(value))


_WRITERS: Mapping[str, Callable[[Mapping[str, Any]], str | None]] = {
    **{f"{_FOLDER}{name}.html": _input for name in _INPUTS},
    f"{_FOLDER}clearable_file_input.html": _file_input,
    f"{_FOLDER}textarea.html": _textarea,
    f"{_FOLDER}select.html": _select,
}
