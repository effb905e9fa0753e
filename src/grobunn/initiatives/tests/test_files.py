"""Files of an initiative: taken by what they hold, served as downloads only, gone a day after they were removed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from grobunn.initiatives.models import Attachment, Initiative
from grobunn.initiatives.services import parts
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel import clock, ids

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture
def initiative(town: Town) -> Initiative:
    return make_initiative(town.ward, owner=town.leader, by=town.adviser)


def _url(town: Town, initiative: Initiative, below: str = "") -> str:
    return f"/{town.municipality.slug}/initiativ/{initiative.reference}/filer/{below}"


def _send(client: Client, town: Town, initiative: Initiative, name: str, content: bytes, key: str = "") -> int:
    sent = {"document": SimpleUploadedFile(name, content), "key": key or str(ids.new_id())}
    return client.post(_url(town, initiative), sent).status_code


def test_file_is_kept_once_and_served_as_a_download(client: Client, town: Town, initiative: Initiative) -> None:
    client.force_login(town.leader)
    key = str(ids.new_id())

    answers = [_send(client, town, initiative, "avtale.pdf", PDF, key) for _again in range(2)]
    kept = Attachment.objects.get()
    client.force_login(town.nurse)
    served = client.get(_url(town, initiative, f"{kept.pk}/"))

    assert answers == [302, 302]
    assert (kept.title, kept.file_name, kept.media_type) == ("avtale.pdf", "avtale.pdf", "application/pdf")
    assert served["Content-Disposition"] == 'attachment; filename="avtale.pdf"'
    assert b"".join(served.streaming_content) == PDF  # type: ignore[attr-defined]


@pytest.mark.parametrize(("name", "content"), [("skript.html", b"<script>"), ("avtale.pdf", b"MZ\x90")])
def test_file_of_another_kind_is_refused(
    client: Client, town: Town, initiative: Initiative, name: str, content: bytes
) -> None:
    client.force_login(town.leader)

    assert _send(client, town, initiative, name, content) == 422
    assert Attachment.objects.count() == 0


def test_file_that_was_removed_is_not_served_and_goes_with_its_row(
    client: Client, town: Town, initiative: Initiative
) -> None:
    client.force_login(town.leader)
    _send(client, town, initiative, "avtale.pdf", PDF)
    kept = Attachment.objects.get()

    client.post(_url(town, initiative, f"{kept.pk}/fjern/"))
    assert client.get(_url(town, initiative, f"{kept.pk}/")).status_code == 404
    client.post(_url(town, initiative, f"{kept.pk}/tilbake/"))
    assert client.get(_url(town, initiative, f"{kept.pk}/")).status_code == 200

    parts.remove(kept, actor=town.leader)
    with clock.moved_by(days=2):
        assert parts.forget_removed() == 1
    assert not kept.file.storage.exists(kept.file.name or "")
