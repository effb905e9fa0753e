"""Photos that were chosen are kept while the page is shown once more, and are nobody's."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.storage import InMemoryStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from grobunn.ideas.models import Idea, Photo
from grobunn.ideas.services import kept_photos, retention
from grobunn.ideas.tests.conftest import Town
from grobunn.kernel import clock
from grobunn.kernel.limits import Rate
from grobunn.kernel.orphans import ORPHANED_AFTER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch) -> InMemoryStorage:
    """A store that no other test has written to."""
    made = InMemoryStorage()
    monkeypatch.setattr(Photo._meta.get_field("file"), "storage", made)
    return made


def chosen(name: str = "benk.jpg", *, color: str = "green") -> SimpleUploadedFile:
    """A photo as a browser sends it."""
    written = io.BytesIO()
    Image.new("RGB", (40, 30), color).save(written, "JPEG")
    return SimpleUploadedFile(name, written.getvalue(), content_type="image/jpeg")


def sent(client: Client, town: Town, **fields: object) -> HttpResponse:
    return client.post(f"/{town.municipality.slug}/ny", {"text": "Sett opp en benk.", **fields})


def keys_in(page: HttpResponse) -> list[str]:
    return re.findall(r'name="kept" value="([^"]+)"', page.content.decode())


def files(store: InMemoryStorage) -> list[str]:
    return store.listdir(f"{clock.today():ideas/%Y/%m}")[1] if store.exists("ideas") else []


def test_photos_chosen_before_looking_go_with_the_idea(client: Client, town: Town) -> None:
    looked = sent(client, town, look="1", photos=[chosen("en.jpg"), chosen("to.jpg", color="red")])
    looked_again = sent(client, town, look="1", kept=keys_in(looked), photos=chosen("tre.jpg"))
    keys = keys_in(looked_again)

    sent(client, town, kept=[keys[0], keys[2]], photos=chosen("fire.jpg"))

    idea = Idea.objects.get()
    assert re.findall(r'<label class="ds-label" for="kept_\d">([^<]+)', looked_again.content.decode()) == [
        "en.jpg",
        "to.jpg",
        "tre.jpg",
    ]
    assert [(photo.width, photo.height) for photo in Photo.objects.filter(idea=idea)] == [(40, 30)] * 3


def test_photos_stay_when_something_else_is_to_be_mended(client: Client, town: Town) -> None:
    refused = sent(client, town, text=" ", photos=chosen())
    mended = sent(client, town, kept=keys_in(refused))

    assert (refused.status_code, mended.status_code) == (422, 302)
    assert Photo.objects.filter(idea=Idea.objects.get()).count() == 1


def test_photos_stay_for_whoever_is_not_signed_in_any_more(client: Client, town: Town) -> None:
    told = sent(client, town, signed_in="on", photos=chosen())

    assert Idea.objects.count() == 0
    assert len(keys_in(told)) == 1


def test_nothing_is_kept_of_what_may_be_whistleblowing(client: Client, town: Town, store: InMemoryStorage) -> None:
    text = "Jeg vil varsle om trakassering på avdelingen"
    looked = sent(client, town, text=text, look="1", photos=chosen())
    was_kept = len(files(store))

    told = sent(client, town, text=text, kept=keys_in(looked), photos=chosen("ny.jpg"))

    assert told.context["channel"] == "whistleblowing"
    assert (was_kept, files(store), keys_in(told)) == (1, [], [])


def test_what_is_kept_says_nothing_of_the_writer(client: Client, town: Town, store: InMemoryStorage) -> None:
    client.force_login(town.nurse)

    page = sent(client, town, look="1", is_anonymous="on", photos=chosen("kari-nordmann.jpg"))

    assert len(keys_in(page)) == 1
    assert re.fullmatch(r"[0-9a-f-]{36}\.jpg", files(store)[0])
    assert Photo.objects.count() == 0


def test_idea_that_is_sent_twice_has_its_photos_once(client: Client, town: Town) -> None:
    keys = keys_in(sent(client, town, look="1", photos=chosen()))
    key = "0192f0c1-7d3a-7c3e-8a51-3f1f5a1b2c3d"

    answers = [sent(client, town, key=key, kept=keys) for _time in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Photo.objects.filter(idea=Idea.objects.get()).count() == 1


@pytest.mark.parametrize("key", ["", "noe annet", "eyJmaWxlIjoiLi4vLi4vZXRjL3Bhc3N3ZCJ9:1abc:xyz"])
def test_false_key_is_told_and_nothing_is_sent(client: Client, town: Town, key: str) -> None:
    refused = sent(client, town, kept=[key])

    assert (refused.status_code, Idea.objects.count()) == (422, 0)
    assert "Velg det på nytt" in refused.content.decode()


def test_key_is_good_for_half_a_day_and_the_file_for_no_more_than_two_nights(
    client: Client, town: Town, store: InMemoryStorage
) -> None:
    keys = keys_in(sent(client, town, look="1", photos=chosen()))

    with clock.moved_by(hours=13):
        refused = sent(client, town, kept=keys)
    with clock.moved_by(hours=25):
        removed = retention.remove_orphaned_photos()

    assert (refused.status_code, Idea.objects.count()) == (422, 0)
    assert (removed, files(store)) == (1, [])
    assert ORPHANED_AFTER - timedelta(hours=1) >= kept_photos.KEPT_FOR


def test_more_than_four_photos_in_two_turns_are_refused(client: Client, town: Town) -> None:
    looked = sent(client, town, look="1", photos=[chosen(f"{n}.jpg") for n in range(3)])
    keys = keys_in(looked)

    looked_again = sent(client, town, look="1", kept=keys, photos=[chosen(), chosen()])
    refused = sent(client, town, kept=keys, photos=[chosen(), chosen()])

    for page in (looked_again, refused):
        assert "høyst 4 bilder" in page.content.decode()
        assert keys_in(page) == keys
    assert Idea.objects.count() == 0


def test_file_that_is_no_photo_is_told_when_looking(client: Client, town: Town, store: InMemoryStorage) -> None:
    page = sent(client, town, look="1", photos=SimpleUploadedFile("brev.jpg", b"no photo"))

    assert "Filen er ikke et bilde som kan leses" in page.content.decode()
    assert files(store) == []


def test_no_more_photos_are_kept_than_the_rate_allows(
    client: Client, town: Town, store: InMemoryStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grobunn.ideas.views.kept_photos.KEPT_FROM_AN_ADDRESS", Rate(1, 3600))

    page = sent(client, town, look="1", photos=[chosen("en.jpg"), chosen("to.jpg")])

    assert (len(keys_in(page)), len(files(store))) == (1, 1)
    assert "Velg bildene på nytt når du sender" in page.content.decode()
