"""Backup and restore with the commands, from one installation into another."""

import json
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from grobunn.config import embedded
from tests.processes.conftest import Prepared, Service

NAME = "Åse Nordmann"


@pytest.fixture(scope="module")
def original(prepared: Prepared) -> Iterator[Service]:
    """An installation with one person and one uploaded file, and a backup of it."""
    made = Service(prepared("original"))
    embedded.start(made.data_dir)
    with psycopg.connect(embedded.database_url(made.data_dir)) as connection:
        connection.execute("CREATE TABLE remembered (name text); ")
        connection.execute("INSERT INTO remembered VALUES (%s)", [NAME])
    file = made.data_dir / "files" / "ideer" / "blåbær.jpg"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"\xff\xd8 not really a photo")
    result = made.run("backup", str(made.data_dir / "one.backup"))
    assert result.returncode == 0, result.stderr
    assert "the database and 1 files" in result.stdout
    yield made
    made.end()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Service]:
    made = Service(tmp_path / "data")
    yield made
    made.end()


def remembered(service: Service) -> list[str]:
    with embedded.running(service.data_dir), psycopg.connect(embedded.database_url(service.data_dir)) as connection:
        return [str(row[0]) for row in connection.execute("SELECT name FROM remembered").fetchall()]


def test_backup_restored_into_an_empty_folder_has_everything(original: Service, empty: Service) -> None:
    result = empty.run("restore", str(original.data_dir / "one.backup"))

    assert result.returncode == 0, result.stderr
    assert remembered(empty) == [NAME]
    assert (empty.data_dir / "files" / "ideer" / "blåbær.jpg").read_bytes().startswith(b"\xff\xd8")
    assert empty.run("migrate", "--check").returncode == 0


def test_restore_refuses_an_installation_with_something_in_it(original: Service, empty: Service) -> None:
    backup = str(original.data_dir / "one.backup")
    assert empty.run("restore", backup).returncode == 0
    with embedded.running(empty.data_dir), psycopg.connect(embedded.database_url(empty.data_dir)) as connection:
        connection.execute("INSERT INTO remembered VALUES ('later')")

    refused = empty.run("restore", backup)
    replaced = empty.run("restore", backup, "--replace")

    assert (refused.returncode, "--replace" in refused.stderr) == (1, True)
    assert replaced.returncode == 0, replaced.stderr
    assert remembered(empty) == [NAME]
    assert len(list(empty.data_dir.glob("replaced-*.backup"))) == 1


def test_backup_is_for_its_owner_only_and_holds_no_secret(original: Service) -> None:
    backup = original.data_dir / "one.backup"

    with tarfile.open(backup) as archive:
        names = archive.getnames()
        told = json.load(archive.extractfile("manifest.json"))  # type: ignore[arg-type]

    assert backup.stat().st_mode & 0o077 == 0
    assert names == ["database.dump", "files/ideer/blåbær.jpg", "manifest.json"]
    assert sorted(told["members"]) == names[:2]
    assert (original.data_dir / "secret_key").read_bytes() not in backup.read_bytes()


def test_backup_does_not_overwrite(original: Service) -> None:
    result = original.run("backup", str(original.data_dir / "one.backup"))

    assert (result.returncode, "is there already" in result.stderr) == (1, True)


@pytest.mark.parametrize("damage", ["flipped", "cut", "foreign"])
def test_damaged_backup_is_refused_before_anything_is_touched(
    original: Service, empty: Service, tmp_path: Path, damage: str
) -> None:
    content = bytearray((original.data_dir / "one.backup").read_bytes())
    if damage == "flipped":
        content[len(content) // 2] ^= 0xFF
    elif damage == "cut":
        content = content[: len(content) // 2]
    else:
        content = bytearray(os.urandom(2000))
    broken = tmp_path / "broken.backup"
    broken.write_bytes(content)

    result = empty.run("restore", str(broken))

    assert result.returncode == 1
    assert "broken.backup" in result.stderr
    assert not (empty.data_dir / "files").exists()
