"""What a search is narrowed by, and what each hit tells for it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from grobunn.organisations.models import MunicipalityNumber
from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search.engine import ENGINE
from grobunn.search.engine.interface import Hit, Reader, Wanted
from grobunn.search.queries.matches import visible
from grobunn.search.registry import Visibility
from grobunn.search.tests.conftest import Notes

pytestmark = pytest.mark.django_db
EVERYBODY = Reader()


def shown(hits: list[Hit]) -> list[Hit]:
    return visible(hits, AnonymousUser())


def test_hit_tells_what_it_can_be_narrowed_by(notes: Notes) -> None:
    trondheim = MunicipalityFactory(population=214565)
    MunicipalityNumber.objects.create(municipality=trondheim, number="5001")
    notes.add("Sykkel", trondheim, themes=("traffic", "health"), written_on=date(2024, 5, 1), language="nn")

    [hit] = ENGINE.find(Wanted(words="sykkel"), reader=EVERYBODY, limit=5)

    assert (hit.county, hit.size, hit.themes, hit.year, hit.language) == (
        "50", "50000", ("traffic", "health"), 2024, "nn",
    )  # fmt: skip


@pytest.mark.parametrize(
    "narrowing",
    [
        {"kind": "note"},
        {"state": "started"},
        {"theme": "traffic"},
        {"year": 2024},
        {"language": "nn"},
        {"county": "50"},
        {"size": "2000"},
        {"county": "50", "size": "2000", "theme": "traffic", "year": 2024},
    ],
)
def test_search_is_held_to_each_narrowing(notes: Notes, narrowing: dict[str, Any]) -> None:
    here, there = MunicipalityFactory(population=2500), MunicipalityFactory(population=9000)
    MunicipalityNumber.objects.create(municipality=here, number="5014")
    MunicipalityNumber.objects.create(municipality=there, number="4601")
    fields = {"state": "started", "themes": ("traffic",), "written_on": date(2024, 5, 1), "language": "nn"}
    wanted = notes.add("Sykkel", here, **fields)
    notes.add("Sykkel", there, kind="other", state="asked", themes=("health",), written_on=date(2023, 5, 1))

    found = ENGINE.find(Wanted(words="sykkel", **narrowing), reader=EVERYBODY, limit=5)
    both = ENGINE.find(Wanted(words="sykkel", municipality_id=here.pk, county="46"), reader=EVERYBODY, limit=5)

    assert ([hit.ref.id for hit in found], both) == ([wanted.id], [])


@pytest.mark.parametrize("hide", [lambda note: replace(note, visibility=Visibility.MUNICIPALITY), lambda note: note])
def test_hidden_title_completes_and_corrects_nothing(notes: Notes, hide: Callable[[Any], Any]) -> None:
    """Hidden from the index, or let through by it and refused by its source."""
    note = notes.add("Sensorer i søppelkasser", MunicipalityFactory())
    before = ENGINE.suggest("sens", reader=EVERYBODY, limit=5)
    ENGINE.put([hide(note)])
    notes.hidden.add(note.id)

    after = ENGINE.suggest("sens", reader=EVERYBODY, limit=5)

    assert [each.text for each in before] == ["sensorer"]
    assert [each.ref.id for each in after if each.ref.id not in notes.hidden] == []
    assert ENGINE.did_you_mean("sensorrer", reader=EVERYBODY, visible=shown) == ""


def test_typing_errors_are_put_right_by_what_is_seen(notes: Notes) -> None:
    notes.add("Sensorer i søppelkasser", MunicipalityFactory())

    assert ENGINE.did_you_mean("sensorrer i søpelkasser", reader=EVERYBODY, visible=shown) == "sensorer i søppelkasser"
    assert ENGINE.did_you_mean("sensorer i søppelkasser", reader=EVERYBODY, visible=shown) == ""
