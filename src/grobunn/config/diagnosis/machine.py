"""The machine that it runs on: its user, its disk, what was built on it."""

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from grobunn.config import backup, translations
from grobunn.config.diagnosis.choices import is_public
from grobunn.config.diagnosis.findings import Finding, error, ok, warning
from grobunn.config.environment import Environment
from grobunn.kernel import clock

LEAST_BYTES, FEW_BYTES = 200_000_000, 2_000_000_000
OLDEST_BACKUP = timedelta(days=7)


def user(environment: Environment) -> Iterator[Finding]:
    """Whom the service runs as."""
    if os.geteuid() == 0 and is_public(environment):
        yield warning(
            "User",
            "Runs as root: a fault in the service is a fault with every right on the machine.",
            "Make a user for the service (see the manual, Install).",
        )


def data_folder(environment: Environment) -> Iterator[Finding]:
    """The folder that holds everything, and the room on its disk."""
    folder = environment.data_dir.resolve()
    subject = "Data folder"
    if not os.access(folder, os.W_OK):
        yield error(subject, f"{folder} cannot be written to.", "Give it to the user that the service runs as.")
        return
    if stat.S_IMODE(folder.stat().st_mode) & 0o006 and is_public(environment):
        yield warning(subject, f"Others on the machine can look into {folder}.", f"chmod o-rw {folder}")
    free = shutil.disk_usage(folder).free
    message = f"{folder}, {free / 1e9:.1f} GB free"
    if free < LEAST_BYTES:
        yield error(subject, f"{message}: the database stops when the disk is full.", "Make room.")
    elif free < FEW_BYTES:
        yield warning(subject, f"{message}.", "Make room before the disk is full.")
    else:
        yield ok(subject, message)


def built_files(environment: Environment) -> Iterator[Finding]:
    """What set-up makes: style sheets and scripts, compiled translations."""
    subject = "Set-up"
    uncompiled = [path for path in translations.catalogues() if not path.with_suffix(".mo").exists()]
    if not (translations.ROOT / "ui" / "static" / "dist").is_dir():
        yield error(
            subject,
            "Style sheets and scripts are not built.",
            "Run `make serve` once, or `npm ci` and `npm run build`.",
        )
    elif uncompiled:
        yield error(subject, "Translations are not compiled.", "Run `grobunn compile_translations`.")
    else:
        yield ok(subject, "style sheets, scripts and translations are built")


def backups(environment: Environment) -> Iterator[Finding]:
    """When the last backup was made with our command."""
    subject, advice = "Backup", "Run `grobunn backup FILE` every night, and keep the file on another machine."
    if not is_public(environment):
        return
    stamp = Path(settings.DATA_DIR) / backup.STAMP
    if not stamp.exists():
        yield warning(subject, "No backup was ever made from this folder.", advice)
        return
    made_at = datetime.fromisoformat(stamp.read_text(encoding="ascii").strip())
    if clock.now() - made_at > OLDEST_BACKUP:
        yield warning(subject, f"The last backup was made {made_at:%Y-%m-%d}.", advice)
    else:
        yield ok(subject, f"the last one was made {made_at:%Y-%m-%d}")
