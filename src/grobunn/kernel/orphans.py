"""Files that no row names: what was written for a row that was not kept after all, or when a crash cut it short."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import FileField
from django_scopes import scopes_disabled

from grobunn.kernel import clock

# A file is written while its row is; by the next day either both are there or neither should be.
ORPHANED_AFTER = timedelta(days=1)


def remove_orphans(*fields: FileField) -> int:
    """Remove the files that no row names, in the folders of this month and the last: a job runs it every night.

    Takes:   fields, all that write into the same folders of the same storage, named by month.
    Returns: how many files.
    Effects: files.
    """
    storage = fields[0].storage
    removed = 0
    for folder in _folders_of_late(fields[0]):
        old = [name for name in _files_in(storage, folder) if _age(storage, name) > ORPHANED_AFTER]
        kept = {name for field in fields for name in _named(field, old)}
        for name in old:
            if name not in kept:
                storage.delete(name)
                removed += 1
    return removed


def _age(storage: Any, name: str) -> timedelta:
    age: timedelta = clock.now() - storage.get_modified_time(name)
    return age


def _named(field: FileField, names: list[str]) -> list[str]:
    with scopes_disabled():
        rows = field.model._base_manager.filter(**{f"{field.name}__in": names})
        return list(rows.values_list(field.name, flat=True))


def _folders_of_late(field: FileField) -> list[str]:
    today = clock.today()
    months: tuple[date, ...] = (today, today.replace(day=1) - timedelta(days=1))
    return [month.strftime(str(field.upload_to)) for month in months]


def _files_in(storage: Any, folder: str) -> Iterator[str]:
    try:
        _folders, names = storage.listdir(folder)
    except FileNotFoundError:  # Nothing came that month.
        return
    yield from (f"{folder}{name}" for name in names)
