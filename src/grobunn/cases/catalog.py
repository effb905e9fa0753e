"""The library as a dataset of a data catalogue: DCAT-AP-NO 3, in JSON-LD or Turtle.

The profile: Digitaliseringsdirektoratet, "Standard for beskrivelse av datasett, datatjenester og
datakataloger", version 3.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.urls import reverse
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

from grobunn.cases.addresses import whole
from grobunn.cases.codes import los_address
from grobunn.organisations.models import Municipality

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_AUTHORITY = Namespace("http://publications.europa.eu/resource/authority/")
_ORGANISATIONS = "https://organization-catalog.fellesdatakatalog.digdir.no/organizations/"
_TITLES: Mapping[str, tuple[str, str]] = {
    "nb": (
        "Eksempler fra norske kommuner",
        "Hva kommuner har prøvd, hva det kostet, hva de lærte, og hvem som har tatt det i bruk.",
    ),
    "nn": (
        "Døme frå norske kommunar",
        "Kva kommunar har prøvd, kva det kosta, kva dei lærte, og kven som har teke det i bruk.",
    ),
    "en": (
        "Examples from Norwegian municipalities",
        "What municipalities have tried, what it cost, what they learned, and who has taken it into use.",
    ),
}
_KEYWORDS: Mapping[str, tuple[str, ...]] = {
    "nb": ("innovasjon", "kommune", "tjenesteutvikling"),
    "en": ("innovation", "municipality", "service development"),
}


def catalogue(publisher: Municipality, *, changed_at: datetime | None, themes: Iterable[str] = ()) -> Graph:
    """The description of the library.

    Takes: publisher, with its organisation number and its shared mailbox; changed_at, of the newest edition;
           themes, the codes of LOS that its cases have.
    """
    graph = Graph()
    for prefix, namespace in (("dcat", DCAT), ("dct", DCTERMS), ("foaf", FOAF), ("vcard", VCARD)):
        graph.bind(prefix, namespace)
    agent, contact = _agent(graph, publisher), _contact(graph, publisher)
    catalog, dataset = URIRef(whole("/api/v1/catalog.ttl#catalog")), URIRef(whole("/api/v1/catalog.ttl#cases"))
    for node, kind in ((catalog, DCAT.Catalog), (dataset, DCAT.Dataset)):
        graph.add((node, RDF.type, kind))
        graph.add((node, DCTERMS.publisher, agent))
        graph.add((node, DCAT.contactPoint, contact))
        _titled(graph, node)
        if changed_at is not None:
            graph.add((node, DCTERMS.modified, Literal(changed_at.isoformat(), datatype=XSD.dateTime)))
    graph.add((catalog, DCAT.dataset, dataset))
    graph.add((catalog, FOAF.homepage, URIRef(whole(reverse("cases:library")))))
    _describe(graph, dataset)
    for code in themes:
        graph.add((dataset, DCAT.theme, URIRef(los_address(code))))
    return graph


def _titled(graph: Graph, node: URIRef) -> None:
    for language, (title, description) in _TITLES.items():
        graph.add((node, DCTERMS.title, Literal(title, lang=language)))
        graph.add((node, DCTERMS.description, Literal(description, lang=language)))


def _describe(graph: Graph, dataset: URIRef) -> None:
    graph.add((dataset, DCAT.theme, _AUTHORITY["data-theme/GOVE"]))
    graph.add((dataset, DCTERMS.accessRights, _AUTHORITY["access-right/PUBLIC"]))
    graph.add((dataset, DCTERMS.spatial, _AUTHORITY["country/NOR"]))
    graph.add((dataset, DCAT.landingPage, URIRef(whole(reverse("cases:library")))))
    for code in ("NOB", "NNO"):
        graph.add((dataset, DCTERMS.language, _AUTHORITY[f"language/{code}"]))
    for language, words in _KEYWORDS.items():
        for word in words:
            graph.add((dataset, DCAT.keyword, Literal(word, lang=language)))
    for query, file_type, media_type in (("", "JSON", "application/json"), ("?format=csv", "CSV", "text/csv")):
        graph.add((dataset, DCAT.distribution, _distribution(graph, query, file_type, media_type)))


def _distribution(graph: Graph, query: str, file_type: str, media_type: str) -> URIRef:
    node = URIRef(whole(f"/api/v1/catalog.ttl#{file_type.lower()}"))
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCAT.accessURL, URIRef(whole(f"/api/v1/cases{query}"))))
    graph.add((node, DCTERMS["format"], _AUTHORITY[f"file-type/{file_type}"]))
    graph.add((node, DCAT.mediaType, URIRef(f"https://www.iana.org/assignments/media-types/{media_type}")))
    graph.add((node, DCTERMS.license, _AUTHORITY["licence/CC_BY_4_0"]))
    return node


def _agent(graph: Graph, publisher: Municipality) -> URIRef:
    node = URIRef(f"{_ORGANISATIONS}{publisher.organisation_number}")
    graph.add((node, RDF.type, FOAF.Agent))
    graph.add((node, FOAF.name, Literal(publisher.name, lang="nb")))
    graph.add((node, DCTERMS.identifier, Literal(publisher.organisation_number)))
    return node


def _contact(graph: Graph, publisher: Municipality) -> BNode:
    node = BNode()
    graph.add((node, RDF.type, VCARD.Organization))
    graph.add((node, VCARD.fn, Literal(publisher.name, lang="nb")))
    graph.add((node, VCARD.hasEmail, URIRef(f"mailto:{publisher.mailbox}")))
    return node
