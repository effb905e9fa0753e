"""Help: the same sections in every language, and from any page the right one."""

import pytest
from django.test import Client

from grobunn.web.help import FOLDER, SECTIONS, help_pages, section_for


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_section_is_there_in_every_language(language: str) -> None:
    assert [page.slug for page in help_pages(language)] == list(SECTIONS)
    assert sorted(path.stem for path in (FOLDER / language).glob("*.md")) == sorted(SECTIONS)
    assert all(page.title and page.html for page in help_pages(language))


@pytest.mark.parametrize(
    ("page", "section"),
    [
        ("ideas:write_in_unit", "skrive"),
        ("ideas:queue", "ko"),
        ("ideas:thread", "svare"),
        ("ideas:thread_by_receipt", "folge"),
        ("organisations:units", "oppsett"),
        ("search:here", "soke"),
        ("search:saved", "soke"),
        ("search:unmet", "oppsett"),
        ("stories:story", "historier"),
        ("stories:desk", "historier"),
        ("web:front", ""),
        ("", ""),
    ],
)
def test_page_leads_to_its_section(page: str, section: str) -> None:
    assert section_for(page) == section


def test_help_from_the_queue_opens_the_queues_section(client: Client, db: None) -> None:
    response = client.get("/hjelp/", {"fra": "ideas:queue"})

    assert response["Location"] == "/hjelp/tema/ko/"


def test_help_section_in_nynorsk(client: Client, db: None) -> None:
    page = client.get("/hjelp/tema/skrive/", headers={"accept-language": "nn"}).content.decode()

    assert "Skrive ein idé" in page


def test_help_of_an_unknown_section_is_not_found(client: Client, db: None) -> None:
    assert client.get("/hjelp/tema/finnes-ikke/").status_code == 404
