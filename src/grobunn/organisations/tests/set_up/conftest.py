"""A municipality, and its adviser at the pages."""

import pytest
from django.test import Client

from grobunn.organisations.models import Municipality
from grobunn.organisations.tests.factories import (
    MunicipalityFactory,
    adviser_of,
)
from grobunn.organisations.tests.set_up.steps import signed_in


@pytest.fixture
def here() -> Municipality:
    municipality: Municipality = MunicipalityFactory(slug="provevik", name="Prøvevik", language_form="nb")
    return municipality


@pytest.fixture
def adviser(here: Municipality) -> Client:
    return signed_in(adviser_of(here))
