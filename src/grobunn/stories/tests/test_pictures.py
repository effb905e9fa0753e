"""Pictures: made anew, never without words, read by those who may read the story."""

import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from PIL import Image

from grobunn.kernel import clock, ids
from grobunn.stories.models import MOST_PICTURES, Picture
from grobunn.stories.services.pictures import SMALL_SIDE, add_picture, describe_picture, remove_picture
from grobunn.stories.services.retention import remove_orphaned_pictures
from grobunn.stories.states import StoryState
from grobunn.stories.tests.conftest import Town
from grobunn.stories.tests.factories import make_picture, make_story, photo, photo_file


def _pictures_url(story: Any) -> str:
    return f"/storvik/historier/skriv/{story.pk}/bilder/"


def test_add_picture_keeps_it_anew_in_two_sizes_under_the_next_number(town: Town) -> None:
    story = make_story(town)

    pictures = [make_picture(town, story) for _ in range(2)]

    assert [picture.number for picture in pictures] == [1, 2]
    with pictures[0].file.open() as file, pictures[0].small_file.open() as small:
        whole, little = Image.open(file), Image.open(small)
        assert (whole.format, whole.size, dict(whole.getexif())) == ("JPEG", (900, 600), {})
        assert (little.format, max(little.size)) == ("JPEG", SMALL_SIDE)


@pytest.mark.parametrize("alt", ["", "   "])
def test_add_picture_without_words_for_it_is_refused_and_keeps_nothing(town: Town, alt: str) -> None:
    story = make_story(town)

    with pytest.raises(ValidationError) as refusal:
        add_picture(story, photo=photo(), alt=alt, caption="", actor=town.author)

    assert list(refusal.value.message_dict) == ["alt"]
    assert Picture.objects.count() == 0


def test_database_itself_refuses_a_picture_without_words(town: Town) -> None:
    picture = make_picture(town, make_story(town))

    with pytest.raises(IntegrityError), transaction.atomic():
        Picture.objects.filter(pk=picture.pk).update(alt="")


def test_add_picture_beyond_the_room_there_is_is_refused(town: Town) -> None:
    story = make_story(town)
    first = make_picture(town, story)
    Picture.objects.bulk_create(
        Picture(
            municipality=town.municipality,
            story=story,
            number=number,
            file=first.file.name,
            small_file=first.small_file.name,
            width=1,
            height=1,
            alt="x",
        )
        for number in range(2, MOST_PICTURES + 1)
    )

    with pytest.raises(ValidationError):
        make_picture(town, story)

    assert Picture.objects.count() == MOST_PICTURES


def test_picture_of_what_is_out_is_the_editors_and_tells_of_the_change(town: Town) -> None:
    story = make_story(town, StoryState.PUBLISHED)

    with pytest.raises(PermissionDenied):
        add_picture(story, photo=photo(), alt="Noe.", caption="", actor=town.author)
    picture = make_picture(town, story)
    describe_picture(picture, alt="En benk.", caption="Ved døra.", actor=town.editor)

    story.refresh_from_db()
    assert (Picture.objects.get().alt, Picture.objects.get().caption) == ("En benk.", "Ved døra.")
    assert story.edited_at is not None


def test_remove_picture_takes_its_files_along(town: Town, django_capture_on_commit_callbacks: Any) -> None:
    picture = make_picture(town, make_story(town))
    storage, names = picture.file.storage, [picture.file.name, picture.small_file.name]

    with django_capture_on_commit_callbacks(execute=True):
        remove_picture(picture, actor=town.author)

    assert Picture.objects.count() == 0
    assert [storage.exists(name) for name in names] == [False, False]


def test_pictures_page_adds_one_and_asks_for_its_words(client: Client, town: Town) -> None:
    story = make_story(town)
    client.force_login(town.author)

    refused = client.post(_pictures_url(story), {"picture": photo_file(), "alt": ""})
    added = client.post(_pictures_url(story), {"picture": photo_file(), "alt": "En benk.", "caption": "Ved døra."})

    assert (refused.status_code, added.status_code) == (422, 302)
    assert Picture.objects.get().alt == "En benk."
    page = client.get(_pictures_url(story)).content.decode()
    assert "[bilde 1]" in page
    assert 'alt="En benk."' in page


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"GIF89a<script>alert(1)</script>", b""])
def test_pictures_page_refuses_what_is_no_picture(client: Client, town: Town, content: bytes) -> None:
    story = make_story(town)
    client.force_login(town.author)

    answer = client.post(_pictures_url(story), {"picture": SimpleUploadedFile("x.jpg", content), "alt": "Noe."})

    assert answer.status_code == 422
    assert Picture.objects.count() == 0


def test_picture_page_changes_and_removes(client: Client, town: Town) -> None:
    story = make_story(town)
    picture = make_picture(town, story)
    client.force_login(town.author)

    changed = client.post(f"{_pictures_url(story)}{picture.pk}/", {"alt": "Et tre.", "caption": ""})
    alt = Picture.objects.get().alt
    removed = client.post(f"{_pictures_url(story)}{picture.pk}/fjern/")

    assert (changed.status_code, alt, removed.status_code) == (302, "Et tre.", 302)
    assert Picture.objects.count() == 0


@pytest.mark.parametrize(
    ("state", "who", "status"),
    [
        (StoryState.PUBLISHED, None, 200),
        (StoryState.PUBLISHED, "neighbour", 200),
        (StoryState.DRAFT, None, 404),
        (StoryState.DRAFT, "colleague", 404),
        (StoryState.DRAFT, "author", 200),
        (StoryState.WITHDRAWN, None, 404),
        (StoryState.WITHDRAWN, "editor", 200),
    ],
)
def test_picture_is_read_by_whoever_may_read_the_story(
    client: Client, town: Town, state: str, who: str | None, status: int
) -> None:
    picture = make_picture(town, make_story(town, state))
    if who:
        client.force_login(getattr(town, who))

    answers = [client.get(f"/storvik/historier/bilder/{picture.pk}{size}.jpg") for size in ("", "-liten")]

    # Signed out, the gate does not tell a draft from nothing: both lead to 404, not to the login.
    assert [answer.status_code for answer in answers] == [status, status]
    if status == 200:
        assert Image.open(io.BytesIO(b"".join(answers[0]))).size == (900, 600)
        kept = "public" if state == StoryState.PUBLISHED else "private"
        assert answers[0]["Cache-Control"] == f"{kept}, max-age=3600"


def test_files_that_no_row_names_go_after_a_day_and_the_others_stay(town: Town) -> None:
    picture = make_picture(town, make_story(town))
    storage = picture.file.storage
    folder = picture.file.name.rpartition("/")[0]
    orphan = storage.save(f"{folder}/{ids.new_id()}.jpg", photo().content)

    remove_orphaned_pictures()
    is_there_at_first = storage.exists(orphan)
    with clock.moved_by(days=1, hours=1):
        remove_orphaned_pictures()

    assert is_there_at_first
    assert [storage.exists(name) for name in (orphan, picture.file.name, picture.small_file.name)] == [
        False,
        True,
        True,
    ]
