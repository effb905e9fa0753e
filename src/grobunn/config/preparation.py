"""What must be done before an installation serves: migrations, the cache's table, static files."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import OperationalError, connection, connections

from grobunn.config.supervisor import PartNotStarted

log = structlog.get_logger("grobunn.preparation")

# Any number will do, as long as every machine of an installation uses the same.
MIGRATION_LOCK = 0x67726F62


def prepare() -> None:
    """Bring the database and the static files up to this release. Leaves no connection open.

    Raises: PartNotStarted if the database cannot be reached.
    """
    try:
        migrate()
    except OperationalError as error:
        raise PartNotStarted(f"The database cannot be used: {error}") from error
    finally:
        connections.close_all()
    collect_static_files()


def migrate() -> None:
    """Apply what is missing, one machine at a time when several start together."""
    with _only_one_machine():
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)


@contextmanager
def _only_one_machine() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def collect_static_files() -> None:
    """Gather the static files under hashed names, unless none changed since the last time.

    Files of earlier releases stay: a page that somebody has open still names them.
    """
    if settings.DEBUG:
        return
    target = Path(settings.STATIC_ROOT)
    stamp = target / ".collected"
    found = _fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == found:
        return
    log.info("collecting static files", folder=str(target))
    target.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(found, encoding="ascii")


def _fingerprint() -> str:
    """One text that changes when any static file does: their names, sizes and times."""
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
