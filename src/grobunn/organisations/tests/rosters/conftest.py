"""A municipality, its adviser, and a file that was uploaded."""

import pytest

from grobunn.accounts.models import User
from grobunn.organisations.models import Municipality, RosterUpload
from grobunn.organisations.services.rosters.uploads import (
    keep_roster,
)
from grobunn.organisations.tests.factories import (
    MunicipalityFactory,
    adviser_of,
)
from grobunn.organisations.tests.rosters.steps import Kept


@pytest.fixture
def here() -> Municipality:
    municipality: Municipality = MunicipalityFactory(slug="provevik")
    return municipality


@pytest.fixture
def adviser(here: Municipality) -> User:
    return adviser_of(here)


@pytest.fixture
def kept(here: Municipality, adviser: User) -> Kept:
    def keep(kind: str, text: str | bytes, name: str = "fil.csv") -> RosterUpload:
        content = text.encode() if isinstance(text, str) else text
        return keep_roster(here, kind=kind, content=content, file_name=name, uploaded_by=adviser)

    return keep
