"""Every operation of the API: who may call it, and what it does."""

import json

from grobunn.config.api import api as grobunn_api
from grobunn.config.reference.tables import NOTE, first_line, table
from grobunn.kernel.api.access import Access
from grobunn.kernel.api.factory import access_of


def page() -> str:
    """Operations by address."""
    accesses = {
        grobunn_api.get_openapi_operation_id(operation): access_of(operation) for operation in grobunn_api.operations()
    }
    rows = [
        (f"`{method.upper()} {path}`", first_line(about.get("description")), _who(accesses[about["operationId"]]))
        for path, methods in sorted(grobunn_api.get_openapi_schema()["paths"].items())
        for method, about in methods.items()
    ]
    return (
        f"{NOTE}\n# API\n\nThe description for programs is `/api/v1/openapi.json`, for people `/api/v1/docs`. "
        "Errors are problem+json (RFC 9457), lists have `next` and a Link header, writes take an `Idempotency-Key`.\n\n"
        f"{table(('operation', 'does', 'who'), rows)}"
    )


def _who(access: Access) -> str:
    if access.is_open:
        return f"Everybody. {access.why_open}"
    return f"A token with `{access.scope}`, or signed in."


def description() -> str:
    """The description for programs (OpenAPI 3.1), as it is served."""
    return json.dumps(grobunn_api.get_openapi_schema(), indent=2, ensure_ascii=False, default=str) + "\n"
