"""What the tests of panels share."""

import pytest
from django_scopes import scope

from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of


@pytest.fixture
def municipality():
    municipality = MunicipalityFactory(slug="trondheim")
    with scope(municipality=municipality.pk):
        yield municipality


@pytest.fixture
def adviser(municipality):
    return adviser_of(municipality)
