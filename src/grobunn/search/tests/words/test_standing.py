"""What `grobunn search status` tells of search on this machine."""

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search.engine.words.files import Place
from grobunn.search.engine.words.following import Follower
from grobunn.search.meaning.weights import Weights
from grobunn.search.services import take_weights
from grobunn.search.tests.conftest import Notes

pytestmark = pytest.mark.django_db(transaction=True)


def told() -> dict[str, str]:
    said = StringIO()
    call_command("search", "status", stdout=said)
    return {line[:14].strip(): line[16:] for line in said.getvalue().splitlines()}


def test_status_tells_of_documents_index_meaning_and_weights(
    notes: Notes, index_place: Place, follower: Follower, settings: Any
) -> None:
    settings.MEANING = "off"
    notes.add("Sykkel", MunicipalityFactory())
    before = told()
    follower.step()
    after = told()
    take_weights(Weights(words=0.3, lead=0.5))

    assert before == {
        "Documents": "1 (1 note)",
        "Index of words": "none yet: PostgreSQL answers meanwhile; `grobunn search rebuild` makes one",
        "Meaning": "switched off: words alone are compared",
        "People said": "0 × this helped, 0 × not the same",
        "Weights": "words 0.2, lead from 0.62 (as delivered)",
    }
    # While other tests write, what was taken up is not yet known to be all that comes before it.
    assert re.match(r"keeps up, changes waiting: [01]; 0\.0 MB in ", after["Index of words"])
    assert told()["Weights"] == "words 0.3, lead from 0.5 (tuned here)"


def test_status_tells_of_a_damaged_index_and_of_none(
    notes: Notes, index_place: Place, follower: Follower, settings: Any
) -> None:
    notes.add("Sykkel", MunicipalityFactory())
    follower.step()
    (follower.writes_into / "meta.json").write_text("spoilt")  # type: ignore[operator]
    damaged = told()
    settings.SEARCH_ENGINE = "postgresql"

    assert damaged["Index of words"].startswith("cannot be read: PostgreSQL answers meanwhile")
    assert told()["Index of words"] == "none: this installation searches in PostgreSQL alone"
