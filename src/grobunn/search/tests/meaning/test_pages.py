"""What pages say about meaning."""

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search.meaning.embedding import embed_waiting
from grobunn.search.queries import similar
from grobunn.search.tests.conftest import Notes
from grobunn.search.tests.meaning.models import KnowsSynonyms

pytestmark = pytest.mark.django_db


def test_search_page_names_the_service_outside_that_texts_are_sent_to(client: Client, settings: Settings) -> None:
    settings.MEANING = "endpoint"
    settings.MEANING_URL, settings.MEANING_MODEL = "https://models.example.no/v1", "small"

    assert "models.example.no" in client.get(reverse("search:everywhere")).content.decode()


def test_search_page_names_nobody_where_texts_stay(client: Client, model: KnowsSynonyms) -> None:
    assert "utenfor denne tjenesten" not in client.get(reverse("search:everywhere")).content.decode()


def test_match_says_its_words_or_its_passage_or_that_it_is_the_same_in_other_words(
    notes: Notes, model: KnowsSynonyms
) -> None:
    municipality = MunicipalityFactory()
    notes.add("Medisindispenser med alarm", municipality)
    filler = " ".join(f"Setning nummer {number} handler om noe ganske annet enn dette." for number in range(6))
    notes.add("Et notat", municipality, text=f"{filler} Elsykler til hjemmetjenesten.")
    while embed_waiting():
        pass

    told = {
        text: render_to_string(
            "search/_why.html",
            {"match": similar(text, user=AnonymousUser(), municipality_id=municipality.pk)[0]},
        ).strip()
        for text in ("Medisindispenser med alarm", "Pilleboks med dosen", "Tohjulinger til hjemmesykepleien")
    }

    assert told["Medisindispenser med alarm"] == "Treff på: Medisindispenser, alarm"
    assert told["Pilleboks med dosen"] == "Det samme med andre ord"
    assert told["Tohjulinger til hjemmesykepleien"].endswith("Elsykler til hjemmetjenesten.»")


def test_help_tells_of_it_in_every_language() -> None:
    folder = Path(__file__).resolve().parents[3] / "web" / "help"

    told = [(folder / language / "soke.md").read_text(encoding="utf-8") for language in ("nb", "nn", "en")]

    assert ["andre ord" in told[0], "andre ord" in told[1], "other words" in told[2]] == [True, True, True]
