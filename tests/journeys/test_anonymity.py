"""Anonymous means that nothing tells who wrote it: not in any table, not in any line of the log (scenario 4)."""

import base64
import logging
from collections.abc import Iterator
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django_scopes import scopes_disabled
from PIL import Image

from grobunn.ideas.models import Idea
from grobunn.ideas.tests.conftest import Town
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from tests.journeys.conftest import ADDRESS, Come

SENTENCE = "Vaktrommet trenger en dør som kan låses."


def _all_rows() -> set[tuple[str, str]]:
    """Every row of every table, as text."""
    rows: set[tuple[str, str]] = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT rows::text FROM "{table}" AS rows')
            rows |= {(table, row[0]) for row in cursor.fetchall()}
    return rows


def photo_file() -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "JPEG")
    return SimpleUploadedFile("nora-storvik.jpg", file.getvalue(), "image/jpeg")


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the installation writes to its log, as it writes it."""
    lines = next(
        handler
        for handler in logging.getLogger().handlers
        if isinstance(handler, logging.StreamHandler) and type(handler.formatter).__name__ == "ProcessorFormatter"
    )
    written = StringIO()
    usual = lines.setStream(written)
    yield written
    if usual is not None:
        lines.setStream(usual)


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_anonymous_writer_leaves_no_trace(town: Town, come: Come, log: StringIO, is_signed_in: bool) -> None:
    nurse = town.nurse
    writer = come(nurse if is_signed_in else None).open("/storvik/hjemmetjenesten/ny")
    before = _all_rows()

    chosen = {"is_anonymous": "on"} if is_signed_in else {}
    writer.press("Send ideen", text=SENTENCE, photos=photo_file(), **chosen)
    with scopes_disabled():
        idea = Idea.objects.get()
    run_jobs()
    leader = come(town.leader)
    leader.open(f"/storvik/ideer/{idea.reference}/steg/ask/").press("Spør innsenderen", reason="Hvilken dør?")
    writer.open(f"/t/{idea.receipt}/svar/").press("Svar på spørsmålet", reason="Den mot gangen.")
    run_jobs()
    leader.open(f"/storvik/ideer/{idea.reference}/steg/decline/").press("Svar nei", reason="Den skal males.")
    with clock.moved_by(days=1):
        run_jobs()
        writer.open(f"/t/{idea.receipt}/")

    written = _all_rows() - before
    assert "Den skal males." in writer.text
    assert sum(table == "ideas_idea" for table, _row in written) == 1
    assert "t/<str:receipt>/" in log.getvalue()
    traces = {
        "the user": [str(nurse.pk), nurse.pk.hex],
        "the name": [nurse.name, "nora"],
        "the e-mail": [nurse.email],
        "the address": [ADDRESS],
        "the receipt": [idea.receipt, idea.receipt.replace("-", ""), base64.b64encode(idea.receipt.encode()).decode()],
    }
    for what, words in traces.items():
        for word in words:
            found = {table for table, row in written if word.lower() in row.lower()}
            # The code itself stands with the idea: it is what opens the thread.
            assert found == ({"ideas_idea"} if word == idea.receipt else set()), what
            assert word.lower() not in log.getvalue().lower(), what
