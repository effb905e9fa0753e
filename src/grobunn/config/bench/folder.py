"""The benchmark's own folder: database, files and settings are nobody else's."""

import argparse
import json
import os
import shutil
import signal
import socket
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from grobunn.config import embedded

# What tells that a folder is the benchmark's, and what is in it.
MARK = "bench.json"
# What is known of one that holds the demonstration and nothing else.
DEMONSTRATION = {"demonstration": True}
# The size of the web server and the language model are what an operator may want to measure with their own.
KEPT_SETTINGS = frozenset(
    {
        "GROBUNN_WEB_WORKERS",
        "GROBUNN_WEB_THREADS",
        "GROBUNN_SEARCH_ENGINE",
        "GROBUNN_MEANING",
        "GROBUNN_MEANING_URL",
        "GROBUNN_MEANING_MODEL",
        "GROBUNN_MEANING_KEY",
        "GROBUNN_MEANING_TIMEOUT_SECONDS",
        "GROBUNN_MEANING_FOLDER",
    }
)


class NotABenchFolder(RuntimeError):  # noqa: N818 -- named for what is so
    """The folder that was named holds something that the benchmark did not make."""


@contextmanager
def own_folder(arguments: Sequence[str]) -> Iterator[None]:
    """Make this process and its children an installation in a folder of the benchmark's own.

    Takes:   arguments, of the command: with `--keep FOLDER` the folder is kept and used again, otherwise it is a
             temporary one that is removed.
    Raises:  NotABenchFolder.
    Effects: environment, handlers for SIGTERM and SIGINT: whoever asks the benchmark to stop gets everything put away.
    """
    signal.signal(signal.SIGTERM, _stop)
    # A shell that starts something in the background has it ignore SIGINT.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    kept = _kept(arguments)
    if kept is not None:
        _claim(kept)
        _enter(kept)
        yield
        return
    with tempfile.TemporaryDirectory(prefix="grobunn-bench-") as name:
        _claim(Path(name))
        _enter(Path(name))
        yield


def read_mark(folder: Path) -> dict[str, Any]:
    """What the folder is known to hold: nothing before its seeding has ended."""
    return dict(json.loads((folder / MARK).read_text(encoding="utf-8")))


def begin_filling(folder: Path) -> None:
    """Know nothing of the folder until it is filled: the next benchmark empties one whose filling was cut short."""
    write_mark(folder, {})


def write_mark(folder: Path, held: Mapping[str, Any]) -> None:
    """Remember what the folder holds."""
    (folder / MARK).write_text(json.dumps(held), encoding="utf-8")


def _kept(arguments: Sequence[str]) -> Path | None:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--keep", type=Path)
    return parser.parse_known_args(arguments)[0].keep


def _claim(folder: Path) -> None:
    """Make a folder ours, emptied of a seeding that was cut short; one that holds something else is left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / MARK).exists():
        if any(folder.iterdir()):
            raise NotABenchFolder(f"{folder} holds something that the benchmark did not make. Name an empty folder.")
    elif not read_mark(folder):
        embedded.stop(folder)
        shutil.rmtree(folder)
        folder.mkdir()
    else:
        return
    write_mark(folder, {})


def _enter(folder: Path) -> None:
    for name in [name for name in os.environ if name.startswith("GROBUNN_") and name not in KEPT_SETTINGS]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {
        "DATA_DIR": str(folder.resolve()),
        "HOST": "127.0.0.1",
        "PORT": str(_free_port()),
        "GROBUNN_LIVE_PORT": str(_free_port()),
        "GROBUNN_LOG_LEVEL": "WARNING",
        # The benchmark's visitors come from many addresses, which it says as a reverse proxy would: the API answers
        # one address only so often.
        "GROBUNN_TRUSTED_PROXIES": "1",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)
