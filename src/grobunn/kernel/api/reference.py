"""The human pages of the API: the same description, read by people, rendered here without a script."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from grobunn.kernel.api import gate, problems, scopes


@dataclass(frozen=True)
class DescribedField:
    """One parameter, or one property of a body or an answer."""

    name: str
    type: str
    is_required: bool
    description: str
    place: str = ""


@dataclass(frozen=True)
class DescribedOperation:
    """One operation as a reader wants it."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    scope: str
    is_open: bool
    parameters: list[DescribedField]
    body: list[DescribedField]
    answer_status: str
    answer: list[DescribedField]


class ReferencePage(DocsBase):
    """Renders the description with a template of the site."""

    def __init__(self, template_name: str) -> None:
        self.template_name = template_name

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema = api.get_openapi_schema()
        context = {
            "title": api.title,
            "version": api.version,
            "description": api.description,
            "openapi_url": self.get_openapi_url(api, kwargs),
            "operations": list(operations_of(schema)),
            "scopes": scopes.declared(),
            "problems": problems.KINDS,
            "rates": {
                "reads": gate.READS_BY_KNOWN.count,
                "writes": gate.WRITES_BY_KNOWN.count,
                "open_reads": gate.READS_BY_ADDRESS.count,
                "open_writes": gate.WRITES_BY_ADDRESS.count,
            },
        }
        return render(request, self.template_name, context)


def operations_of(schema: dict[str, Any]) -> Iterator[DescribedOperation]:
    """Every operation of a description, in its order."""
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            status, answer = next(iter(operation["responses"].items()))
            yield DescribedOperation(
                id=operation["operationId"],
                method=method.upper(),
                path=path,
                summary=operation["summary"],
                description=operation.get("description", ""),
                scope=operation["x-scope"],
                is_open={} in operation["security"],
                parameters=[_parameter(found, schema) for found in operation["parameters"]],
                body=_fields(_content(operation.get("requestBody", {})), schema),
                answer_status=str(status),
                answer=_fields(_content(answer), schema),
            )


def _content(described: dict[str, Any]) -> dict[str, Any]:
    content = described.get("content", {})
    return next(iter(content.values())).get("schema", {}) if content else {}


def _parameter(found: dict[str, Any], schema: dict[str, Any]) -> DescribedField:
    return DescribedField(
        name=found["name"],
        type=_type_of(found["schema"], schema),
        is_required=found["required"],
        description=found.get("description", ""),
        place=found["in"],
    )


def _fields(described: dict[str, Any], schema: dict[str, Any]) -> list[DescribedField]:
    """The properties of an object, or of the objects in a list."""
    resolved = _resolved(described, schema)
    if resolved.get("type") == "array":
        resolved = _resolved(resolved["items"], schema)
    required = set(resolved.get("required", []))
    return [
        DescribedField(
            name=name,
            type=_type_of(found, schema),
            is_required=name in required,
            description=found.get("description", ""),
        )
        for name, found in resolved.get("properties", {}).items()
    ]


def _resolved(described: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = described.get("$ref", "").rpartition("/")[2]
    return schema["components"]["schemas"][name] if name else described


def _type_of(described: dict[str, Any], schema: dict[str, Any]) -> str:
    if "$ref" in described:
        return str(_resolved(described, schema).get("title", "object"))
    if "anyOf" in described:
        return " | ".join(_type_of(part, schema) for part in described["anyOf"])
    if "enum" in described:
        return " | ".join(str(value) for value in described["enum"])
    if described.get("type") == "array":
        return f"[{_type_of(described['items'], schema)}]"
    return str(described.get("format") or described.get("type") or "object")
