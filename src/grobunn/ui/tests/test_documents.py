"""PDF and QR codes."""

import io
import xml.etree.ElementTree as ET

import pytest
from django.core.exceptions import ImproperlyConfigured
from pypdf import PdfReader

from grobunn.ui import pdf, qr

DATA = {
    "title": "Har du en idé?",
    "language": "nb",
    "place": "Hjemmetjenesten øst",
    "text": "Skann koden og skriv én setning. Buorre beaivi, Kárášjohka! #strong[ikke kode]",
    "address": "grobunn.example/trondheim/ny",
    "qr": qr.svg("https://grobunn.example/trondheim/ny"),
    "qr_words": "QR-kode til grobunn.example/trondheim/ny",
}


def test_pdf_is_tagged_titled_and_in_its_language() -> None:
    document = PdfReader(io.BytesIO(pdf.compile("ui/sample", DATA)))

    root = document.trailer["/Root"]
    assert document.metadata is not None
    assert document.metadata.title == "Har du en idé?"
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).lower().startswith("nb")
    assert len(document.pages) == 1


def test_pdf_shows_data_as_text_never_as_markup() -> None:
    text = PdfReader(io.BytesIO(pdf.compile("ui/sample", DATA))).pages[0].extract_text()

    assert "#strong[ikke kode]" in text.replace("\n", " ")
    assert "Kárášjohka" in text


def test_pdf_unknown_template_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured):
        pdf.compile("ui/../../etc/passwd", {})


def test_qr_is_one_svg_with_its_title() -> None:
    element = ET.fromstring(qr.svg("https://grobunn.example/", title="Skriv en idé"))

    assert element.tag.endswith("svg")
    assert [child.text for child in element if child.tag.endswith("title")] == ["Skriv en idé"]
