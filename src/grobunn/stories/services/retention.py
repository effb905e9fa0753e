"""Files of pictures that were not kept after all: refused by the database, or cut short by a crash."""

from collections.abc import Iterator
from datetime import date, timedelta

from django_scopes import scopes_disabled

from grobunn.kernel import clock
from grobunn.stories.models import Picture

# A picture is written while its row is; by the next day either both are there or neither should be.
ORPHANED_AFTER = timedelta(days=1)


def remove_orphaned_pictures() -> int:
    """Remove the files that no row names, in the folders of this month and the last: the job runs every night.

    Returns: how many files.
    Effects: files.
    """
    storage = Picture._meta.get_field("file").storage
    removed = 0
    for folder in _folders_of_late():
        old = [name for name in _files_in(folder) if clock.now() - storage.get_modified_time(name) > ORPHANED_AFTER]
        for name in set(old) - _kept(old):
            storage.delete(name)
            removed += 1
    return removed


def _kept(names: list[str]) -> set[str]:
    with scopes_disabled():
        whole = Picture.objects.filter(file__in=names).values_list("file", flat=True)
        small = Picture.objects.filter(small_file__in=names).values_list("small_file", flat=True)
        return {*whole, *small}


def _folders_of_late() -> list[str]:
    today = clock.today()
    months: tuple[date, ...] = (today, today.replace(day=1) - timedelta(days=1))
    return [month.strftime(str(Picture._meta.get_field("file").upload_to)) for month in months]


def _files_in(folder: str) -> Iterator[str]:
    try:
        _folders, names = Picture._meta.get_field("file").storage.listdir(folder)
    except FileNotFoundError:  # No picture came that month.
        return
    yield from (f"{folder}{name}" for name in names)
