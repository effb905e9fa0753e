"""The description says of each operation what holds for it."""

import pytest

from grobunn.kernel.api.tests.example import api

pytestmark = [pytest.mark.django_db, pytest.mark.urls("grobunn.kernel.api.tests.example")]


def test_description_names_security_errors_and_keys(client):
    schema = client.get("/api/v1/openapi.json").json()
    adding = schema["paths"]["/api/v1/lines"]["post"]
    listing = schema["paths"]["/api/v1/lines"]["get"]

    assert schema["openapi"] == "3.1.0"
    assert schema["components"]["securitySchemes"] == {"token": {"type": "http", "scheme": "bearer"}}
    assert (adding["security"], listing["security"]) == ([{}, {"token": []}], [{"token": []}])
    assert [parameter["name"] for parameter in adding["parameters"]] == ["Idempotency-Key"]
    assert sorted(adding["responses"]) == ["201", "400", "401", "403", "404", "409", "413", "422", "429"]
    assert sorted(listing["responses"]) == ["200", "400", "401", "403", "404", "422", "429"]


def test_operations_have_ids_of_their_own():
    ids = [api.get_openapi_operation_id(operation) for operation in api.operations()]

    assert sorted(ids) == ["add_line", "add_photo", "list_lines", "refuse"]
