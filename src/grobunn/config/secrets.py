"""The secret key: given by the operator, or made once and kept beside the data."""

import os
import secrets
from pathlib import Path

from grobunn.config.environment import Environment


def secret_key(environment: Environment) -> str:
    """The key that signs sessions and links; made and kept with mode 0600 when the operator gave none."""
    given = environment.secret_key.get_secret_value()
    if given:
        return given
    path = environment.data_dir.resolve() / "secret_key"
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    return _make_once(path)


def _make_once(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # Another process of the same start was first.
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key
