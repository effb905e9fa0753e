"""The embedded PostgreSQL for a user whom /etc/passwd does not know, as in a container started under any number."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from grobunn.config import borrowed_name, embedded, server_programs

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user without a name"),
]

NAMELESS = 54_321
# Modules are loaded while still root, whose folders may hold them.
PROGRAM = """
import ctypes, encodings.ascii, os, sys
from pathlib import Path
import psycopg
from grobunn.config import borrowed_name, embedded

folder, is_allowed = Path(sys.argv[1]), sys.argv[2] == "allowed"
os.setgroups([])
os.setgid({user})
os.setuid({user})
ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # PR_SET_DUMPABLE, as a program has it that this user started.
assert borrowed_name.is_needed()
if not is_allowed:
    borrowed_name.borrowing = lambda: None
try:
    embedded.start(folder)
except embedded.DatabaseNotStarted as error:
    sys.exit(str(error))
with psycopg.connect(embedded.database_url(folder)) as connection:
    print(connection.execute("SELECT current_user").fetchone()[0])
embedded.stop(folder)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the nameless user can walk to and owns."""
    with tempfile.TemporaryDirectory() as made:
        os.chown(made, NAMELESS, NAMELESS)
        yield Path(made)
        embedded.stop(Path(made) / "data")


def start_as_nameless(folder: Path, how: str) -> subprocess.CompletedProcess[str]:
    sources = str(Path(embedded.__file__).parents[2])
    return subprocess.run(
        [sys.executable, "-c", PROGRAM.format(user=NAMELESS), str(folder / "data"), how],
        env={**os.environ, "PYTHONPATH": sources},
        cwd="/",
        check=False,
        capture_output=True,
        text=True,
    )


def can_be_reached_and_borrow() -> bool:
    """Whether the wheel lies where everybody can read it, and the machine lets users make namespaces."""
    nobody = server_programs.ServerUser(NAMELESS, NAMELESS)
    return server_programs._can_run(server_programs.original(""), nobody) and borrowed_name.borrowing() is not None


def test_server_of_a_nameless_user_starts_and_its_files_are_that_users(folder: Path) -> None:
    if not can_be_reached_and_borrow():
        pytest.skip("this machine lets nobody make a user namespace, or hides its packages from other users")

    started = start_as_nameless(folder, "allowed")

    assert (started.stdout, started.stderr) == ("grobunn\n", "")
    assert {path.stat().st_uid for path in (folder / "data").rglob("*")} == {NAMELESS}


def test_nameless_user_who_may_not_borrow_a_name_is_told_what_to_do(folder: Path) -> None:
    refused = start_as_nameless(folder, "forbidden")

    assert refused.returncode == 1
    assert f"User {NAMELESS}, as whom Grobunn runs, has no name on this machine" in refused.stderr
    assert "DATABASE_URL" in refused.stderr
    assert not (folder / "data" / "postgresql").exists()
