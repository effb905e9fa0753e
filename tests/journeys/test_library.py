"""Scenario 20: four narrowings give exactly the right set, at an address to share, as CSV and JSON, and described."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS

from grobunn.cases.states import CaseState
from grobunn.cases.tests.rows import case_row
from grobunn.organisations.models import Municipality
from grobunn.organisations.tests.factories import MunicipalityFactory
from tests.journeys.conftest import Come

GOVE = URIRef("http://publications.europa.eu/resource/authority/data-theme/GOVE")


@pytest.fixture
def small(db: None) -> Municipality:
    return MunicipalityFactory(
        slug="lillevik",
        name="Lillevik",
        population=3_000,
        organisation_number="964979456",
        mailbox="post@lillevik.example",
    )


def test_neighbour_finds_exactly_the_cases_that_fit_and_shares_the_address(
    small: Municipality, come: Come, client: Client
) -> None:
    large = MunicipalityFactory(slug="storvik", name="Storvik", population=80_000)
    fits: dict[str, Any] = {"kostra": ["254"], "one_off_nok": 300_000, "adoption_count": 2}
    case_row(small, "passer", title="Varsling om natten", **fits)
    case_row(large, "for-stor", title="Samme i en by", **fits)
    case_row(small, "for-dyr", title="Samme til en million", **fits | {"one_off_nok": 1_000_000})
    case_row(small, "annet", title="Samme i skolen", **fits | {"kostra": ["202"]})
    case_row(small, "sjelden", title="Samme hos én", **fits | {"adoption_count": 1})
    case_row(small, "kladd", title="Samme som kladd", **fits | {"state": CaseState.DRAFT})
    neighbour = come()

    neighbour.open("/eksempler/")
    for words in ("2\xa0000 til 4\xa0999", "254 Helse- og omsorg", "Under 500\xa0000 kroner", "Minst 2 kommuner"):
        neighbour.follow(next(link for link in neighbour.links if link.startswith(" ".join(words.split()))))

    assert "1 eksempel" in neighbour.text
    assert [title for title in neighbour.links if title.startswith(("Varsling", "Samme"))] == ["Varsling om natten"]
    shared = come().open(neighbour.address)
    assert shared.text == neighbour.text
    query = "size=2000&kostra=254&cost_below=500000&adopted_by=2"
    found = client.get(f"/api/v1/cases?{query}").json()
    table = client.get(f"/api/v1/cases?{query}&format=csv").content.decode("utf-8-sig")
    assert [case["title"] for case in found["items"]] == ["Varsling om natten"]
    assert [row["title"] for row in csv.DictReader(io.StringIO(table))] == ["Varsling om natten"]


def test_library_is_described_for_catalogues(small: Municipality, client: Client) -> None:
    graph = Graph().parse(data=client.get("/api/v1/catalog.ttl").content, format="turtle")

    (dataset,) = graph.subjects(DCAT.theme, GOVE)
    assert "nb" in {title.language for title in graph.objects(dataset, DCTERMS.title)}  # type: ignore[attr-defined]
    assert str(graph.value(dataset, DCTERMS.publisher)).endswith("/organizations/964979456")
    assert graph.value(dataset, DCAT.contactPoint) is not None
