"""The description of the whole API: each operation stands once, and the page for people shows it."""

from collections import Counter

import pytest
from django.test import Client

from grobunn.config.api import api
from grobunn.kernel.api.reference import operations_of

pytestmark = pytest.mark.django_db


def test_each_operation_has_a_name_of_its_own() -> None:
    names = Counter(operation.id for operation in operations_of(api.get_openapi_schema()))

    assert [name for name, count in names.items() if count > 1] == []


def test_page_for_people_shows_every_operation(client: Client) -> None:
    response = client.get("/api/v1/docs")

    page = response.content.decode()
    assert response.status_code == 200
    assert [operation.path for operation in operations_of(api.get_openapi_schema()) if operation.path not in page] == []
