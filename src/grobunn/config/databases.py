"""Where the database is: the operator's PostgreSQL, or the embedded one in the data folder."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from grobunn.config import embedded
from grobunn.config.environment import Environment


def default_database(environment: Environment, data_dir: Path) -> dict[str, Any]:
    """Django's description of the database; the address of the embedded server is known before it runs."""
    url = environment.database_url or embedded.database_url(data_dir)
    return {
        **parse_database_url(url),
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def parse_database_url(url: str) -> dict[str, Any]:
    """Parts of a PostgreSQL address, in Django's names.

    Takes:   postgresql://user:password@host:port/name?option=value; a socket folder as ?host=/folder.
    Raises:  ValueError if the address is of another database.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must begin with postgresql://")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
