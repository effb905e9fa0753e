"""The description of the API (OpenAPI 3.1): what ninja finds, and what holds for every operation."""

from typing import Any

from grobunn.kernel.api import problems
from grobunn.kernel.api.access import Access
from grobunn.kernel.api.idempotency import HEADER

Described = dict[str, Any]

SCHEME = "token"
_PROBLEM: Described = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
_KEY: Described = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "schema": {"type": "string", "minLength": 8, "maxLength": 255, "pattern": "^[!-~]{8,255}$"},
    "description": "Repeat a request with the same key and it is done once; the first answer comes back.",
}
_ON_READ = (problems.BAD_REQUEST, problems.TOKEN_REFUSED, problems.NOT_ALLOWED, problems.NOT_FOUND, problems.TOO_MANY)
_ON_WRITE = (*_ON_READ, problems.CONFLICT, problems.TOO_LARGE)
_HAS_BODY_OR_PARAMETERS = (problems.INVALID,)
_WRITES = frozenset({"post", "put", "patch", "delete"})


def completed(schema: Described, accesses: dict[str, Access]) -> Described:
    """The description with security, errors and idempotency added to each operation.

    Takes:   accesses, the access of each operation by its operationId.
    """
    components = schema.setdefault("components", {})
    components["securitySchemes"] = {SCHEME: dict(Access.openapi_security_schema)}
    components.setdefault("schemas", {})["Problem"] = _PROBLEM
    for methods in schema["paths"].values():
        for method, operation in methods.items():
            _complete(operation, method, accesses[operation["operationId"]])
    return schema


def _complete(operation: Described, method: str, access: Access) -> None:
    needed: list[dict[str, list[str]]] = [{SCHEME: []}]
    operation["security"] = [{}, *needed] if access.is_open else needed
    operation["x-scope"] = access.scope
    if method in _WRITES and _KEY not in operation["parameters"]:
        operation["parameters"].append(_KEY)
    for kind in (*(_ON_WRITE if method in _WRITES else _ON_READ), *_HAS_BODY_OR_PARAMETERS):
        operation["responses"].setdefault(kind.status, _told(kind))


def _told(kind: problems.Kind) -> Described:
    return {
        "description": _english(kind),
        "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _english(kind: problems.Kind) -> str:
    return kind.code.replace("-", " ").capitalize()
