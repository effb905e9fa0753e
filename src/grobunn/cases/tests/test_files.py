"""Pictures and documents: made anew, told in words, of kinds that do nothing by themselves."""

import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from PIL import Image

from grobunn.cases.models import Case, Document, Picture
from grobunn.cases.services import files
from grobunn.cases.services.retention import remove_orphaned_files
from grobunn.cases.services.steps import draft_of, publish_changes
from grobunn.cases.tests.conftest import Town
from grobunn.ideas.images import CleanPhoto
from grobunn.kernel import clock
from grobunn.kernel.uploads import CleanDocument, clean_document

PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
def _media(settings: pytest.FixtureRequest, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def _photo() -> CleanPhoto:
    out = io.BytesIO()
    Image.new("RGB", (8, 6)).save(out, format="JPEG")
    return CleanPhoto(content=ContentFile(out.getvalue()), width=8, height=6)


def _pdf(name: str = "Sjekkliste.pdf") -> CleanDocument:
    return clean_document(io.BytesIO(PDF), name=name, size=len(PDF))


def _office(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in {"[Content_Types].xml": "<Types/>", **parts}.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_picture_stands_last_and_can_be_put_first(town: Town, draft_case: Case) -> None:
    first = files.add_picture(draft_case, photo=_photo(), alternative_text="En seng", actor=town.writer)
    second = files.add_picture(draft_case, photo=_photo(), alternative_text="En sensor", actor=town.writer)
    assert draft_of(draft_case).picture_ids == [first.pk, second.pk]

    files.move_picture_first(draft_case, second.pk, actor=town.writer)

    assert draft_of(draft_case).picture_ids == [second.pk, first.pk]


def test_picture_without_words_is_refused_and_leaves_no_file(town: Town, draft_case: Case) -> None:
    with pytest.raises(ValidationError):
        files.add_picture(draft_case, photo=_photo(), alternative_text="  ", actor=town.writer)

    assert not Picture.objects.exists()


def test_stranger_adds_nothing(town: Town, draft_case: Case) -> None:
    with pytest.raises(PermissionDenied):
        files.add_document(draft_case, document=_pdf(), actor=town.nurse)

    assert not Document.objects.exists()


def test_file_that_no_edition_shows_goes_with_its_row(
    town: Town, draft_case: Case, django_capture_on_commit_callbacks: object
) -> None:
    kept = files.add_document(draft_case, document=_pdf(), actor=town.writer)
    storage, name = kept.file.storage, kept.file.name

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        files.remove_document(draft_case, kept.pk, actor=town.writer)

    assert draft_of(draft_case).document_ids == []
    assert not Document.objects.exists()
    assert not storage.exists(name)


def test_file_of_an_edition_stays_when_the_draft_drops_it(town: Town, case: Case) -> None:
    kept = files.add_document(case, document=_pdf(), actor=town.writer)
    publish_changes(case, actor=town.adviser)

    files.remove_document(case, kept.pk, actor=town.writer)

    assert draft_of(case).document_ids == []
    assert Document.objects.get(pk=kept.pk).file.storage.exists(kept.file.name)


def test_name_of_a_document_never_reaches_the_storage(town: Town, draft_case: Case) -> None:
    kept = files.add_document(draft_case, document=_pdf("../../Møte <b>.pdf"), actor=town.writer)

    assert kept.name == "Møte <b>.pdf"
    assert str(kept.file.name).endswith(f"{kept.pk}.bin")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("program.exe", b"MZ"),
        ("side.html", b"<script>"),
        ("bilde.svg", b"<svg/>"),
        ("skjema.pdf", b"<html>"),
        ("uten-endelse", PDF),
        ("plan.docx", b"PK\x03\x04 not a zip"),
        ("plan.docx", _office(**{"word/vbaProject.bin": "x"})),
        ("plan.odt", _office()),
        ("tall.csv", b"a;b\0c"),
    ],
)
def test_document_of_another_kind_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(ValidationError) as refusal:
        clean_document(io.BytesIO(content), name=name, size=len(content))

    assert refusal.value.code == "kind"


def test_document_that_is_too_large_is_refused_unread() -> None:
    with pytest.raises(ValidationError) as refusal:
        clean_document(io.BytesIO(PDF), name="stor.pdf", size=21 * 1024 * 1024)

    assert refusal.value.code == "large"


@pytest.mark.parametrize(
    ("name", "content"), [("plan.docx", _office()), ("tall.csv", "æ;ø\n".encode("latin-1")), ("les.txt", b"Hei")]
)
def test_document_that_a_neighbour_can_use_is_taken(name: str, content: bytes) -> None:
    clean = clean_document(io.BytesIO(content), name=name, size=len(content))

    assert (clean.name, clean.size) == (name, len(content))


def test_file_that_no_row_names_is_removed_the_next_night(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = InMemoryStorage()
    for model in (Picture, Document):
        monkeypatch.setattr(model._meta.get_field("file"), "storage", storage)
    kept = files.add_picture(case, photo=_photo(), alternative_text="En seng", actor=town.adviser)
    document = files.add_document(case, document=_pdf(), actor=town.adviser)
    orphan = storage.save(f"{clock.today():cases/%Y/%m/}left.bin", ContentFile(b"left"))

    with clock.moved_by(hours=23):
        assert remove_orphaned_files() == 0
    with clock.moved_by(hours=25):
        assert remove_orphaned_files() == 1

    names = (orphan, kept.file.name, document.file.name)
    assert [storage.exists(str(name)) for name in names] == [False, True, True]
