"""A database with every migration applied, made once: each worker's test database is a copy of it.

Django applies half a thousand operations for half a minute. PostgreSQL copies the result in two seconds.
"""

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection

from grobunn.config import preparation

PACKAGES = Path(__file__).resolve().parents[1] / "requirements" / "runtime.txt"
PREFIX = "template_grobunn_"
# Any number will do, as long as every worker uses the same.
LOCK = 0x74656D70


def template() -> str:
    """Make the database that others are copied from, unless it is there; remove those of other migrations.

    Returns: its name, which tells the migrations and packages that it was made by.
    """
    name = PREFIX + _fingerprint()
    with _one_worker_at_a_time() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        found = {row[0] for row in cursor.fetchall()}
        if name in found:
            return name
        for other in found:
            cursor.execute(f'DROP DATABASE "{other}" WITH (FORCE)')
        # Under another name until it is whole.
        cursor.execute(f'CREATE DATABASE "{name}_unfinished"')
        _migrate(f"{name}_unfinished")
        cursor.execute(f'ALTER DATABASE "{name}_unfinished" RENAME TO "{name}"')
    return name


def is_kept() -> bool:
    """Whether an earlier run left this worker's test database, which then is only brought up to date."""
    with _outside() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [connection.creation._get_test_db_name()])
        return cursor.fetchone() is not None


def _fingerprint() -> str:
    """One text that changes when any migration or package does."""
    folders = [Path(app.path) / "migrations" for app in apps.get_app_configs()]
    digest = hashlib.sha256()
    for path in [PACKAGES, *sorted(file for folder in folders for file in folder.glob("*.py"))]:
        digest.update(f"{path.parent.parent.name}/{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _one_worker_at_a_time() -> Iterator[Any]:
    """As `_outside`; the lock ends with its connection."""
    with _outside() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield cursor


@contextmanager
def _outside() -> Iterator[Any]:
    """A cursor outside of all databases of the tests."""
    with closing(connection.copy()) as outside:
        outside.settings_dict["NAME"] = "postgres"
        with outside.cursor() as cursor:
            yield cursor


def _migrate(name: str) -> None:
    given = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        preparation.migrate()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = given
