"""What every test stands on: an embedded PostgreSQL of its own unless DATABASE_URL names one."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent
os.environ.setdefault("DATA_DIR", str(ROOT / ".data" / "test"))


def pytest_configure(config: pytest.Config) -> None:
    """Start the database before Django reads its settings; xdist's workers find it running."""
    if os.environ.get("DATABASE_URL") or hasattr(config, "workerinput"):
        return
    from grobunn.config import embedded  # noqa: PLC0415 -- app ready

    embedded.start(Path(os.environ["DATA_DIR"]), is_durable=False)


@pytest.fixture(autouse=True)
def _fresh_caches() -> None:
    """What one test kept in a cache is not there for the next."""
    from django.core.cache import caches  # noqa: PLC0415 -- app ready

    for alias in caches:
        caches[alias].clear()
