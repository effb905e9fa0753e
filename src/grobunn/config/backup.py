"""Backup and restore: the database and the uploaded files in one file, checked before anything is touched.

The file is a tar archive: `database.dump` (PostgreSQL's custom format), `files/…`, and last `manifest.json` with the
release, its migrations, and size and SHA-256 of every other member. The secret key is not in it.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib import metadata
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from grobunn.config import health, server_programs
from grobunn.kernel import clock

FORMAT = 1
DATABASE, FILES, MANIFEST = "database.dump", "files", "manifest.json"
# Made anew by whatever needs them.
TABLES_LEFT_OUT = ("kernel_cache", "kernel_ratebucket", "procrastinate_workers")
# In the data folder: when the last backup was made, for `grobunn check`.
STAMP = "last_backup"
_CHUNK = 1024 * 1024


class BackupRefused(Exception):  # noqa: N818 -- named for what happened
    """A backup that cannot be made or restored; the message says why and what to do."""


@dataclass(frozen=True)
class Member:
    """One part of a backup."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, and which release made it."""

    format: int
    release: str
    made_at: str
    migrations: tuple[str, ...]
    members: Mapping[str, Member]


def make(target: Path) -> Manifest:
    """Write a backup; the service may run meanwhile.

    The database is dumped first, from one moment; files are never changed once written, so those that it names are
    there when they are read.

    Raises:  BackupRefused if the target is there already, lies among the uploaded files, or the dump fails.
    Effects: the file, complete or not at all, readable by its owner only.
    """
    if target.exists():
        raise BackupRefused(f"{target} is there already. Name a new file.")
    if target.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        raise BackupRefused("The backup cannot lie among the files that it is to hold.")
    with _unfinished(target) as unfinished, tempfile.TemporaryDirectory(dir=target.parent) as folder:
        dump = Path(folder) / DATABASE
        _dump(dump)
        members: dict[str, Member] = {}
        with tarfile.open(fileobj=unfinished, mode="w", format=tarfile.PAX_FORMAT) as archive:
            members[DATABASE] = _add(archive, dump, DATABASE)
            for path in _uploaded_files():
                name = str(PurePosixPath(FILES, path.relative_to(settings.MEDIA_ROOT).as_posix()))
                members[name] = _add(archive, path, name)
            manifest = Manifest(FORMAT, release(), clock.now().isoformat(), tuple(_applied()), members)
            _add_text(archive, MANIFEST, json.dumps(asdict(manifest), indent=1, ensure_ascii=False))
    (Path(settings.DATA_DIR) / STAMP).write_text(manifest.made_at, encoding="ascii")
    return manifest


def read(source: Path) -> Manifest:
    """The manifest of a backup, after every member was compared with it.

    Raises: BackupRefused if the file is none of ours, damaged, or made by a newer release.
    """
    try:
        with tarfile.open(source) as archive:
            found: dict[str, Member] = {}
            text = b""
            for entry in archive:
                content = archive.extractfile(entry)
                if content is None:
                    raise BackupRefused(f"{source} holds something that is not a file: {entry.name}")
                if entry.name == MANIFEST:
                    text = content.read()
                else:
                    found[entry.name] = _measured(content)
    except (tarfile.TarError, OSError) as error:
        raise BackupRefused(f"{source} cannot be read as a backup: {error}") from error
    manifest = _parsed(text, source)
    if manifest.members != found:
        damaged = sorted(name for name in {*manifest.members, *found} if manifest.members.get(name) != found.get(name))
        raise BackupRefused(f"{source} is damaged: {', '.join(damaged[:5])}")
    unknown = sorted(set(manifest.migrations) - health.known_migrations())
    if unknown:
        raise BackupRefused(
            f"{source} was made by release {manifest.release}, which is newer than this one ({release()}). "
            f"Restore it with that release. Unknown here: {', '.join(unknown[:3])}"
        )
    return manifest


def is_empty() -> bool:
    """Whether nothing would be lost: no table in the database, no uploaded file."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    return not tables and next(_uploaded_files(), None) is None


def restore(source: Path) -> None:
    """Put a backup's database and files in the place of what is there. Call `read` first.

    Raises:  BackupRefused if the database cannot be loaded: it is empty then, and the files are as they were.
    Effects: database and files replaced, migrations of this release applied by the next start.
    """
    connection.close()
    root = Path(settings.MEDIA_ROOT)
    root.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root.parent, prefix="restore-") as folder:
        unpacked = Path(folder)
        _unpack(source, unpacked)
        _load(unpacked / DATABASE)
        before = unpacked / "before"
        if root.exists():
            root.rename(before)
        (unpacked / FILES).rename(root)


def release() -> str:
    """The release that runs."""
    return metadata.version("grobunn")


def _dump(target: Path) -> None:
    left_out = [f"--exclude-table-data={table}" for table in TABLES_LEFT_OUT]
    _postgresql("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}", *left_out)


def _load(dump: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()
    _postgresql("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(dump))


def _postgresql(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on our database; the password goes by the environment, where nobody reads it."""
    parts = connection.settings_dict
    known = {"host": parts["HOST"], "port": parts["PORT"], "user": parts["USER"], "dbname": parts["NAME"]}
    options = {name: value for name, value in parts["OPTIONS"].items() if isinstance(value, str | int)}
    address = make_conninfo("", **{name: value for name, value in known.items() if value}, **options)
    answer = subprocess.run(  # noqa: S603 -- programs of the wheel
        [server_programs.original(program), f"--dbname={address}", *arguments],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PGPASSWORD": parts["PASSWORD"]} if parts["PASSWORD"] else None,
    )
    if answer.returncode != 0:
        raise BackupRefused(f"{program} failed:\n{answer.stderr.strip()}")


def _uploaded_files() -> Iterator[Path]:
    root = Path(settings.MEDIA_ROOT)
    return (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink())


def _applied() -> list[str]:
    with connection.cursor() as cursor:
        if "django_migrations" not in connection.introspection.table_names(cursor):
            return []
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]


@contextmanager
def _unfinished(target: Path) -> Iterator[IO[bytes]]:
    """A file that gets its name when it is complete and safe on the disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    path = target.with_name(f"{target.name}.unfinished")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        path.rename(target)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _add(archive: tarfile.TarFile, path: Path, name: str) -> Member:
    with path.open("rb") as content:
        entry = tarfile.TarInfo(name)
        entry.size = os.fstat(content.fileno()).st_size
        entry.mode = 0o600
        archive.addfile(entry, content)
        content.seek(0)
        return _measured(content)


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(text.encode()), 0o600
    archive.addfile(entry, BytesIO(text.encode()))


def _measured(content: IO[bytes]) -> Member:
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return Member(size, digest.hexdigest())


def _parsed(text: bytes, source: Path) -> Manifest:
    try:
        told: dict[str, Any] = json.loads(text)
        told["members"] = {name: Member(**member) for name, member in told["members"].items()}
        manifest = Manifest(**{**told, "migrations": tuple(told["migrations"])})
    except (ValueError, TypeError, KeyError) as error:
        raise BackupRefused(f"{source} is no backup of Grobunn, or it was cut short.") from error
    if manifest.format != FORMAT:
        raise BackupRefused(f"{source} has format {manifest.format}; this release reads format {FORMAT}.")
    return manifest


def _unpack(source: Path, folder: Path) -> None:
    """Lay out a backup's members, each inside the folder and nowhere else."""
    (folder / FILES).mkdir()
    with tarfile.open(source) as archive:
        for entry in archive:
            path = (folder / entry.name).resolve()
            content = archive.extractfile(entry)
            if content is None or not path.is_relative_to(folder.resolve()):
                raise BackupRefused(f"{source} holds something that does not belong in a backup: {entry.name}")
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with path.open("wb") as file:
                shutil.copyfileobj(content, file, _CHUNK)
