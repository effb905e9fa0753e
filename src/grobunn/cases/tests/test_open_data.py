"""Cases for other systems: the API, the catalogue, search engines, paper."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django_scopes import scopes_disabled
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from rdflib import DCAT, Graph

from grobunn.accounts.tests.factories import UserFactory
from grobunn.cases.models import Case, CaseKind, Picture
from grobunn.cases.states import CaseState
from grobunn.cases.tests.rows import case_row, edition_row
from grobunn.kernel import clock
from grobunn.organisations.models import Municipality
from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.ui import share_picture, sitemaps

SHAPES = Path(__file__).parent / "data" / "dcat-ap-no-mandatory.ttl"
SECTIONS = ["need", "process", "solution", "effect", "scaling", "lessons", "contact"]


@pytest.fixture
def place(db: None) -> Municipality:
    return MunicipalityFactory(
        slug="ulstein",
        name="Ulstein",
        population=4_800,
        organisation_number="964979456",
        mailbox="post@ulstein.example",
    )


def test_api_gives_a_case_with_its_seven_sections(client: Client, place: Municipality) -> None:
    person = UserFactory(name="Tone Prøve")
    case = case_row(
        place,
        need="**Mer** tid",
        source_name="Difi",
        source_on="2019",
        contact_person=person,
        contact_consented_at=clock.now(),
        contact_until=clock.today(),
    )
    edition_row(case, 1)

    response = client.get("/api/v1/cases/sensorer-i-senger")

    told = response.json()
    assert list(told["sections"]) == SECTIONS
    assert told["sections"]["need"] == "**Mer** tid"
    assert told["source"] == {"name": "Difi", "url": "", "on": "2019"}
    assert told["municipality"] == {"slug": "ulstein", "name": "Ulstein", "organisation_number": "964979456"}
    assert told["editions"] == 1
    assert "Tone" not in response.content.decode()


@pytest.mark.parametrize("state", [CaseState.DRAFT, CaseState.IN_REVIEW, CaseState.WITHDRAWN])
def test_what_is_not_published_is_nowhere_in_the_open_data(client: Client, place: Municipality, state: str) -> None:
    case_row(place, state=state)

    assert client.get("/api/v1/cases").json() == {"items": [], "count": 0, "next": None}
    for path in (
        "/api/v1/cases/sensorer-i-senger",
        "/api/v1/cases/sensorer-i-senger/opsi",
        "/eksempler/sensorer-i-senger/bilde.png",
        "/eksempler/sensorer-i-senger/eksempel.pdf",
    ):
        assert client.get(path).status_code == 404
    assert b"sensorer" not in client.get("/sitemap/eksempler-1.xml").content


def test_api_answers_scenario_20_as_the_page_does(client: Client, place: Municipality) -> None:
    fits: dict[str, Any] = {"kostra": ["254"], "one_off_nok": 400_000, "adoption_count": 2}
    case_row(place, "passer", **fits)
    case_row(place, "for-dyr", **fits | {"one_off_nok": 500_000})
    query = "size=0&size=2000&kostra=254&cost_below=500000&adopted_by=2"

    found = client.get(f"/api/v1/cases?{query}").json()
    table = client.get(f"/api/v1/cases?{query}&format=csv")

    assert [case["slug"] for case in found["items"]] == ["passer"]
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [(row["url"].rsplit("/", 2)[1], row["kostra"], row["one_off_nok"]) for row in rows] == [
        ("passer", "254", "400000")
    ]


def test_themes_are_given_by_their_addresses_and_narrow_with_those_below(client: Client, place: Municipality) -> None:
    case_row(place, "hjemme", los=["omsorgstjenester"])
    case_row(place, "skole", los=["grunnskole"])

    found = client.get("/api/v1/cases?theme=helse-og-omsorg").json()["items"]
    described = client.get("/api/v1/catalog.ttl").content.decode()

    assert [case["slug"] for case in found] == ["hjemme"]
    assert found[0]["los_addresses"] == ["https://psi.norge.no/los/tema/omsorgstjenester"]
    themes = set(re.findall(r"https://psi\.norge\.no/los/tema/([a-z-]+)", described))
    assert themes == {"helse-og-omsorg", "omsorgstjenester", "skole-og-utdanning", "grunnskole"}


def test_words_of_los_are_given_as_they_are_chosen(client: Client, place: Municipality) -> None:
    case_row(place, "hjemme", los=["ord/hørselshjelpemidler"])

    found = client.get("/api/v1/cases?theme=hjelpemidler").json()["items"]
    table = client.get("/api/v1/cases?format=csv").content.decode("utf-8-sig")
    described = Graph().parse(data=client.get("/api/v1/catalog.ttl").content, format="turtle")

    assert found[0]["los_addresses"] == ["https://psi.norge.no/los/ord/hørselshjelpemidler"]
    assert next(csv.DictReader(io.StringIO(table)))["los"] == "ord/hørselshjelpemidler"
    themes = {str(theme).removeprefix("https://psi.norge.no/los/") for theme in described.objects(None, DCAT.theme)}
    assert {"ord/hørselshjelpemidler", "tema/hjelpemidler", "tema/helse-og-omsorg"} <= themes


def test_api_list_goes_on_from_page_to_page(client: Client, place: Municipality) -> None:
    for slug in ("en", "to", "tre"):
        case_row(place, slug)

    first = client.get("/api/v1/cases?limit=2")
    second = client.get(first.json()["next"]).json()

    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    assert [case["slug"] for case in (*first.json()["items"], *second["items"])] == ["tre", "to", "en"]
    assert second["next"] is None


def test_api_list_costs_the_same_with_one_and_three(
    client: Client, place: Municipality, django_assert_num_queries: Any
) -> None:
    case_row(place, "en")
    client.get("/api/v1/cases")
    with django_assert_num_queries(3):
        client.get("/api/v1/cases")
    for slug in ("to", "tre"):
        case_row(place, slug)
    client.get("/api/v1/cases")
    with django_assert_num_queries(3):
        assert client.get("/api/v1/cases").json()["count"] == 3


@pytest.mark.parametrize("query", ["cost_below=7", "adopted_by=3", "kind=x", "limit=0", "sort=x", "cursor=x"])
def test_api_refuses_what_it_does_not_know(client: Client, place: Municipality, query: str) -> None:
    assert client.get(f"/api/v1/cases?{query}").status_code in {400, 422}


def test_csv_holds_nothing_that_a_spreadsheet_runs(client: Client, place: Municipality) -> None:
    case_row(place, title="=HYPERLINK(1)")

    table = client.get("/api/v1/cases?format=csv").content.decode("utf-8-sig")

    assert ",'=HYPERLINK(1)," in table


def test_opsi_form_has_english_headings_for_the_seven_sections(client: Client, place: Municipality) -> None:
    case_row(place, need="Behovet.", lessons="Erfaringen.", innovation_kinds=["service"])

    form = client.get("/api/v1/cases/sensorer-i-senger/opsi").json()["form"]
    text = client.get("/api/v1/cases/sensorer-i-senger/opsi?format=md").content.decode()

    assert (form["Problem and context"], form["Challenges, failures and lessons learned"]) == (
        "Behovet.",
        "Erfaringen.",
    )
    assert (form["Innovation type"], form["Stage of the innovation"]) == ("Service", "In ordinary use")
    assert text.startswith("# Sensorer i senger\n\nUlstein, Norway (Local government)\n")
    assert "## Problem and context\n\nBehovet.\n" in text


# The parser of JSON-LD in rdflib 7 warns of its own use of an older class.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize(("name", "form"), [("catalog.ttl", "turtle"), ("catalog.jsonld", "json-ld")])
def test_catalogue_meets_the_mandatory_part_of_dcat_ap_no(
    client: Client, place: Municipality, name: str, form: str
) -> None:
    case_row(place)

    graph = Graph().parse(data=client.get(f"/api/v1/{name}").content, format=form)
    conforms, _results, report = pyshacl.validate(graph, shacl_graph=Graph().parse(SHAPES), advanced=True)

    assert conforms, report


def test_publisher_is_the_one_that_the_operator_named(client: Client, place: Municipality, settings: Any) -> None:
    MunicipalityFactory(slug="hareid", organisation_number="944871676", mailbox="post@hareid.example", population=5_000)
    assert b"organizations/944871676" in client.get("/api/v1/catalog.ttl").content

    settings.CATALOGUE_PUBLISHER = "ulstein"
    assert b"organizations/964979456" in client.get("/api/v1/catalog.ttl").content
    settings.CATALOGUE_PUBLISHER = "finnes-ikke"
    assert client.get("/api/v1/catalog.ttl").status_code == 404


def test_the_shapes_refuse_a_catalogue_without_a_publisher(client: Client, place: Municipality) -> None:
    described = client.get("/api/v1/catalog.ttl").content.decode()
    broken = re.sub(r"dct:publisher <[^>]+> ;", "", described)

    conforms, _results, _report = pyshacl.validate(
        Graph().parse(data=broken, format="turtle"), shacl_graph=Graph().parse(SHAPES), advanced=True
    )

    assert broken != described
    assert not conforms


def test_catalogue_is_not_found_while_nobody_can_publish_it(client: Client, db: None) -> None:
    MunicipalityFactory(organisation_number="", mailbox="post@x.example")

    assert client.get("/api/v1/catalog.ttl").status_code == 404


def test_page_says_what_it_is_to_search_engines(client: Client, place: Municipality) -> None:
    case_row(place, title="</script><b>x", lead='Et "utdrag"')

    page = client.get("/eksempler/sensorer-i-senger/").content.decode()

    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert data is not None
    article = json.loads(data[1])
    assert (article["@type"], article["headline"], article["inLanguage"]) == ("Article", "</script><b>x", "nb")
    assert '<meta property="og:description" content="Et &quot;utdrag&quot;">' in page
    assert "</script><b>x" not in page


@pytest.mark.parametrize("title", ["Kort", "Et ganske langt navn på et eksempel " * 3, "W" * 120])
def test_share_picture_is_a_picture_whatever_the_title(client: Client, place: Municipality, title: str) -> None:
    case_row(place, title=title[:120])

    response = client.get("/eksempler/sensorer-i-senger/bilde.png")

    assert response["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(response.content)).size == (share_picture.WIDTH, share_picture.HEIGHT)


def test_sitemap_names_the_library_and_what_is_published(
    client: Client, place: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "PER_FILE", 2)
    for slug in ("en", "to"):
        case_row(place, slug)
    case_row(place, "oppdiktet", is_synthetic=True)

    index = client.get("/sitemap.xml").content.decode()
    files = [client.get(f"/sitemap/eksempler-{number}.xml").content.decode() for number in (1, 2)]

    assert re.findall(r"/sitemap/(eksempler-\d)\.xml", index) == ["eksempler-1", "eksempler-2"]
    assert [re.findall(r"<loc>[^<]*?(/eksempler/[^<]*)</loc>", each) for each in files] == [
        ["/eksempler/", "/eksempler/en/"],
        ["/eksempler/to/"],
    ]
    assert client.get("/sitemap/eksempler-3.xml").status_code == 404


def test_robots_are_told_of_the_sitemap_and_kept_from_receipts(client: Client, db: None) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /t/" in lines
    assert lines[-1].endswith("/sitemap.xml")


def _structure(reader: PdfReader) -> list[DictionaryObject]:
    """The elements of the tag tree, in their order."""
    elements: list[DictionaryObject] = []

    def walk(node: Any) -> None:
        found = node.get_object()
        for each in found if isinstance(found, list) else [found]:
            element = each.get_object() if hasattr(each, "get_object") else each
            if not isinstance(element, DictionaryObject):
                continue
            if "/S" in element:
                elements.append(element)
            if "/K" in element:
                walk(element["/K"])

    walk(reader.root_object["/StructTreeRoot"]["/K"])  # type: ignore[index]
    return elements


def test_pdf_is_tagged_and_says_what_the_page_says(client: Client, place: Municipality) -> None:
    case_row(
        place,
        kind=CaseKind.LEARNING,
        need="Vi **måtte**:\n\n- en\n- to\n\n[les](https://ulstein.example/)",
        one_off_nok=250_000,
        timeline=[{"on": "2016", "text": "Det begynte."}],
    )

    response = client.get("/eksempler/sensorer-i-senger/eksempel.pdf")

    reader = PdfReader(io.BytesIO(response.content))
    kinds = [str(element["/S"]) for element in _structure(reader)]
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert reader.root_object["/MarkInfo"]["/Marked"] is True or reader.root_object["/MarkInfo"]["/Marked"].value  # type: ignore[index]
    assert reader.root_object["/Lang"] == "nb"
    assert reader.metadata is not None
    assert reader.metadata.title == "Sensorer i senger"
    assert b"pdfuaid" in (reader.xmp_metadata.stream.get_data() if reader.xmp_metadata else b"")
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 9
    assert {"/L", "/LI", "/Link", "/P"} <= set(kinds)
    assert "250" in text
    assert "Det begynte." in text


def test_pdf_shows_the_pictures_and_says_what_they_show(
    client: Client, place: Municipality, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    case = case_row(place)
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(drawn, format="JPEG")
    with scopes_disabled():
        picture = Picture.objects.create(
            municipality=place,
            case=case,
            file=ContentFile(drawn.getvalue(), name="seng.jpg"),
            width=40,
            height=30,
            alternative_text="En seng med «føler»",
            caption="Rom 12",
        )
        Case.objects.filter(pk=case.pk).update(picture_ids=[picture.pk])

    response = client.get("/eksempler/sensorer-i-senger/eksempel.pdf")

    reader = PdfReader(io.BytesIO(response.content))
    figures = [element for element in _structure(reader) if element["/S"] == "/Figure"]
    assert [str(figure["/Alt"]) for figure in figures] == ["En seng med «føler»"]
    assert "Rom 12" in "".join(page.extract_text() for page in reader.pages)


def test_pdf_takes_no_text_for_markup(client: Client, place: Municipality) -> None:
    text = '#panic("x") $ #read("/config/settings.py") \\ `raw` <label> @ref // * _ = ] [ " ${'
    case_row(place, title=text[:120], lead=text, need=text, timeline=[{"on": text, "text": text}], partners=[text])

    response = client.get("/eksempler/sensorer-i-senger/eksempel.pdf")

    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    assert response.status_code == 200
    assert '#panic("x")' in words.replace("“", '"').replace("”", '"').replace("«", '"').replace("»", '"')
    assert "SECRET_KEY" not in words
