"""Photos of an idea that is not sent yet, where the page has to be shown once more and the browser lets go of them.

The key is what the page has of a photo: signed, good for half a day, and the only way to the file. Nothing tells whose
it is. A photo that is sent is copied to its idea; the file itself goes with those of ideas that were not kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import Storage

from grobunn.ideas.images import CleanPhoto
from grobunn.ideas.models import Photo
from grobunn.kernel import clock, ids
from grobunn.kernel.limits import Rate

# Half of the time after which a file without an idea is removed: a key never outlives its file.
KEPT_FOR = timedelta(hours=12)
# Behind one network address a whole municipality may sit; each photo is half a megabyte at most, for a day.
KEPT_BY_KNOWN = Rate(60, 3600)
KEPT_FROM_AN_ADDRESS = Rate(300, 3600)
_SALT = "ideas.kept_photos"
_NAME_LENGTH = 60


@dataclass(frozen=True)
class KeptPhoto:
    """A photo that waits for its idea: what the page holds (key), what the writer's device calls it (name)."""

    key: str
    name: str
    file: str
    width: int
    height: int

    def photo(self) -> CleanPhoto:
        """The picture, as an idea takes it. Raises: FileNotFoundError."""
        with _storage().open(self.file) as file:
            return CleanPhoto(content=ContentFile(file.read()), width=self.width, height=self.height)


def keep_photo(photo: CleanPhoto, *, name: str) -> KeptPhoto:
    """Keep a photo until its idea is sent.

    Takes:   photo, already made anew; name, what the writer's device calls the file.
    Effects: file.
    """
    field = Photo._meta.get_field("file")
    file = _storage().save(field.generate_filename(Photo(), f"{ids.new_id()}.jpg"), photo.content)
    held: dict[str, Any] = {"file": file, "name": name[-_NAME_LENGTH:], "width": photo.width, "height": photo.height}
    key = signing.dumps({**held, "until": int((clock.now() + KEPT_FOR).timestamp())}, salt=_SALT)
    return KeptPhoto(key=key, **held)


def kept_photos(keys: Iterable[str]) -> list[KeptPhoto]:
    """The photos that some keys lead to; a key that is false, too old or whose file is gone leads to none."""
    return [kept for key in keys if (kept := _kept(key)) is not None]


def forget_photos(photos: Iterable[KeptPhoto]) -> None:
    """Remove photos at once, before their idea is sent. Effects: files."""
    for each in photos:
        _storage().delete(each.file)


def _kept(key: str) -> KeptPhoto | None:
    try:
        held: dict[str, Any] = signing.loads(key, salt=_SALT)
    except signing.BadSignature:
        return None
    if held.pop("until") <= clock.now().timestamp() or not _storage().exists(held["file"]):
        return None
    return KeptPhoto(key=key, **held)


def _storage() -> Storage:
    return Photo._meta.get_field("file").storage
