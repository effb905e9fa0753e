"""A photo is kept with its idea; the file of one whose idea was not kept goes."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.db import IntegrityError

from grobunn.ideas.images import CleanPhoto
from grobunn.ideas.models import Idea, Photo
from grobunn.ideas.services import retention
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel import audit, clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch) -> InMemoryStorage:
    """A store that no other test has written to."""
    made = InMemoryStorage()
    monkeypatch.setattr(Photo._meta.get_field("file"), "storage", made)
    return made


def photo() -> CleanPhoto:
    return CleanPhoto(content=ContentFile(b"\xff\xd8 a photo"), width=4, height=3)


def files(store: InMemoryStorage) -> list[str]:
    folder = f"{clock.today():ideas/%Y/%m/}"
    return [f"{folder}{name}" for name in store.listdir(folder)[1]]


def test_photo_of_an_idea_that_was_rolled_back_is_removed_the_next_night(
    town: Town, store: InMemoryStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = make_idea(town.municipality, photos=[photo()])
    with monkeypatch.context() as broken:
        broken.setattr(audit, "record", _refused)
        with pytest.raises(IntegrityError):
            make_idea(town.municipality, photos=[photo()])
    assert (Idea.objects.count(), len(files(store))) == (1, 2)

    with clock.moved_by(hours=23):
        assert retention.remove_orphaned_photos() == 0
    with clock.moved_by(hours=25):
        assert retention.remove_orphaned_photos() == 1

    assert files(store) == [Photo.objects.get(idea=kept).file.name]


def test_photo_from_before_the_turn_of_the_month_is_found(store: InMemoryStorage) -> None:
    name = store.save(f"{clock.today():ideas/%Y/%m/}left.jpg", ContentFile(b"left"))
    first_of_next = clock.today().replace(day=1) + timedelta(days=32)

    with clock.moved_by(days=(first_of_next.replace(day=1) - clock.today()).days):
        assert retention.remove_orphaned_photos() == 1

    assert not store.exists(name)


def test_month_without_photos_has_nothing_to_remove() -> None:
    with clock.moved_by(days=400):
        assert retention.remove_orphaned_photos() == 0


def _refused(*_args: object, **_given: object) -> None:
    raise IntegrityError("the database said no")
