"""The embedded PostgreSQL, started for real: every test has files of its own."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from grobunn.config import embedded

pytestmark = pytest.mark.processes


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Path]:
    """A data folder in which nothing has been made yet."""
    folder = tmp_path / "med mellomrom" / "data"  # pytest closes its folder to others, such as the server.
    yield folder
    embedded.stop(folder)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose server has run: making the files takes seconds, copying them does not."""
    folder = tmp_path_factory.mktemp("made") / "data"
    embedded.start(folder, is_durable=False)
    embedded.stop(folder)
    return folder


@pytest.fixture
def data_dir(empty: Path, made: Path) -> Path:
    """A data folder whose server has run before, in a place of its own."""
    empty.parent.mkdir()
    subprocess.run(["cp", "-a", made, empty], check=True)  # Owners too: the server's user is not always ours.
    return empty


def asked(data_dir: Path, query: str) -> object:
    with psycopg.connect(embedded.database_url(data_dir)) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


def eventually(condition: Callable[[], bool], *, within_seconds: float = 15) -> bool:
    deadline = time.monotonic() + within_seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_start_in_a_closed_folder_with_spaces_serves_the_extensions(empty: Path) -> None:
    assert embedded.start(empty) is True

    with psycopg.connect(embedded.database_url(empty)) as connection:
        for name in ("pg_trgm", "unaccent", "vector"):
            connection.execute(f"CREATE EXTENSION {name}")  # type: ignore[arg-type]
        found = connection.execute("SELECT unaccent('Åse på Sørøya'), similarity('idé', 'idéer') > 0").fetchone()
    assert found == ("Ase pa Soroya", True)
    assert stat.S_IMODE(embedded.socket_dir(empty).stat().st_mode) == 0o700
    assert stat.S_IMODE(embedded.cluster_dir(empty).stat().st_mode) == 0o700


def test_start_twice_attaches_to_the_running_server(data_dir: Path) -> None:
    embedded.start(data_dir)
    pid = embedded.server_pid(data_dir)

    assert embedded.start(data_dir) is False
    assert embedded.server_pid(data_dir) == pid


def test_start_in_a_long_path_uses_a_short_socket(tmp_path: Path) -> None:
    data_dir = tmp_path / ("æ" * 60) / "data"

    try:
        embedded.start(data_dir)

        assert embedded.socket_dir(data_dir).parent == Path("/tmp")
        assert asked(data_dir, "SELECT current_database()") == "grobunn"
    finally:
        embedded.stop(data_dir)
        embedded.socket_dir(data_dir).rmdir()


def test_start_after_a_kill_recovers_what_was_committed(data_dir: Path) -> None:
    embedded.start(data_dir)
    with psycopg.connect(embedded.database_url(data_dir)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'acknowledged' AS word")
    pid = embedded.server_pid(data_dir)
    assert pid is not None

    os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: not embedded.is_running(data_dir))
    assert (embedded.cluster_dir(data_dir) / "postmaster.pid").exists()
    assert eventually(lambda: _starts(data_dir))

    assert asked(data_dir, "SELECT word FROM kept") == "acknowledged"


def _starts(data_dir: Path) -> bool:
    try:
        return embedded.start(data_dir)
    except embedded.DatabaseNotStarted:  # Backends of the killed server are still going.
        return False


def test_start_with_the_process_id_of_another_program_in_the_lock_starts(data_dir: Path) -> None:
    embedded.start(data_dir)
    embedded.stop(data_dir)
    other = subprocess.Popen(["sleep", "60"], user=embedded.cluster_dir(data_dir).stat().st_uid)

    try:
        (embedded.cluster_dir(data_dir) / "postmaster.pid").write_text(f"{other.pid}\n/elsewhere\n1\n5432\n\n\n")
        (embedded.socket_dir(data_dir) / ".s.PGSQL.5432.lock").write_text(f"{other.pid}\n")
        (embedded.socket_dir(data_dir) / ".s.PGSQL.5432").touch()

        assert embedded.start(data_dir) is True
    finally:
        other.kill()
        other.wait()


def test_start_after_an_initdb_cut_short_begins_anew(empty: Path) -> None:
    unfinished = empty / "postgresql.new"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")

    assert embedded.start(empty) is True


def test_start_with_files_of_another_version_says_what_to_do(empty: Path) -> None:
    cluster = embedded.cluster_dir(empty)
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("14\n")

    with pytest.raises(embedded.DatabaseNotStarted, match=r"made by PostgreSQL 14 .* `grobunn backup`"):
        embedded.start(empty)


def test_start_with_broken_files_tells_why(data_dir: Path) -> None:
    embedded.start(data_dir)
    embedded.stop(data_dir)
    (embedded.cluster_dir(data_dir) / "global" / "pg_control").unlink()

    with pytest.raises(embedded.DatabaseNotStarted, match="pg_control"):
        embedded.start(data_dir)


def test_socket_folder_of_somebody_else_is_refused(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can make a folder of somebody else")
    monkeypatch.setattr(embedded, "SHARED_FOLDER", empty)
    monkeypatch.setattr(embedded, "SOCKET_NAME_BYTES", 0)
    folder = embedded.socket_dir(empty)
    folder.mkdir(parents=True)
    os.chown(folder, 12345, 12345)

    with pytest.raises(embedded.DatabaseNotStarted, match="belongs to somebody else"):
        embedded.start(empty)


def test_running_stops_only_what_it_started(data_dir: Path) -> None:
    with embedded.running(data_dir):
        with embedded.running(data_dir):
            assert embedded.is_running(data_dir)
        assert embedded.is_running(data_dir)

    assert embedded.server_pid(data_dir) is None


def test_launched_server_stops_when_its_parent_is_killed(data_dir: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from grobunn.config import embedded\n"
        "folder = Path(sys.argv[1]); embedded.wait_until_ready(folder, embedded.launch(folder)); time.sleep(60)"
    )
    sources = str(Path(embedded.__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", program, str(data_dir)], env={**os.environ, "PYTHONPATH": sources}
    ) as parent:
        was_running = eventually(lambda: embedded.is_running(data_dir))
        parent.kill()

    assert was_running

    assert eventually(lambda: embedded.server_pid(data_dir) is None)


def test_unused_server_is_stopped_and_a_used_one_is_not(data_dir: Path) -> None:
    embedded.start(data_dir)

    with psycopg.connect(embedded.database_url(data_dir)):
        embedded.stop_if_unused(data_dir)
        assert embedded.is_running(data_dir)
    assert eventually(lambda: _stopped_unused(data_dir))


def _stopped_unused(data_dir: Path) -> bool:
    embedded.stop_if_unused(data_dir)
    return embedded.server_pid(data_dir) is None


def test_log_of_the_server_keeps_no_statements_and_no_details(data_dir: Path) -> None:
    embedded.start(data_dir)
    with psycopg.connect(embedded.database_url(data_dir), autocommit=True) as connection:
        connection.execute("CREATE TABLE receipts (code text PRIMARY KEY)")
        for _ in range(2):
            try:
                connection.execute("INSERT INTO receipts VALUES ('7KQF-M3XD-9TPA')")
            except psycopg.errors.UniqueViolation:
                continue

    embedded.stop(data_dir)

    written = "".join(path.read_text(encoding="utf-8") for path in (data_dir / "log").iterdir())
    assert "duplicate key value" in written
    assert "7KQF" not in written
