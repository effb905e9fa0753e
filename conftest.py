"""What every test stands on: an embedded PostgreSQL of its own unless DATABASE_URL names one."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# A busy machine is slow, not wrong.
hypothesis.settings.register_profile("grobunn", deadline=None)
hypothesis.settings.load_profile("grobunn")

ROOT = Path(__file__).resolve().parent
os.environ.setdefault("DATA_DIR", str(ROOT / ".data" / "test"))


_started_here: list[Path] = []

# Files that take longest, or wait while others could work: begun last, they would have the machine to themselves. The
# first prepares the installation of which the benchmarks take a copy; the pages need none.
FIRST = (
    "test_nothing_is_lost",
    "test_pages_at_work",
    "test_pages",
    "test_bench",
    "test_backup",
    "test_serve",
    "test_demo",
    "test_pitch_day",
    "test_exactly_once",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the slow files; one worker runs a file, whose tests share what they start (Makefile)."""

    def place(item: pytest.Item) -> int:
        is_heavy = {"processes", "browser"} & {mark.name for mark in item.iter_markers()}
        return FIRST.index(item.path.stem) if is_heavy and item.path.stem in FIRST else len(FIRST)

    items.sort(key=place)


def pytest_configure(config: pytest.Config) -> None:
    """Start the database before Django reads its settings; xdist's workers find it running."""
    if os.environ.get("DATABASE_URL") or hasattr(config, "workerinput"):
        return
    from grobunn.config import embedded  # noqa: PLC0415 -- app ready

    data_dir = Path(os.environ["DATA_DIR"])
    if embedded.start(data_dir, is_durable=False):
        _started_here.append(data_dir)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the database that was started here, unless another run has come to use it."""
    from grobunn.config import embedded  # noqa: PLC0415 -- app ready

    for data_dir in _started_here:
        embedded.stop_if_unused(data_dir)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_blocker: Any,
) -> None:
    """Have the test database copied from one that is made once for all workers, unless one is kept."""
    from django.db import connection  # noqa: PLC0415 -- app ready
    from tests.template import is_kept, template  # noqa: PLC0415 -- app ready

    with django_db_blocker.unblock():
        if django_db_createdb or not (django_db_keepdb and is_kept()):
            connection.settings_dict["TEST"]["TEMPLATE"] = template()


@pytest.fixture(scope="session", autouse=True)
def _emptied_row_by_row() -> Iterator[None]:
    """Empty the database after a test that commits by deleting: truncating makes each of 800 files anew, for few rows.

    Needs the rights of a superuser, which the embedded PostgreSQL gives; elsewhere tables are truncated as usual.
    Django's rows for each model, and for what may be done with it, are not written again: nothing reads them.
    """
    from django.contrib.contenttypes.management import create_contenttypes  # noqa: PLC0415 -- app ready
    from django.db.backends.postgresql.operations import DatabaseOperations  # noqa: PLC0415 -- app ready
    from django.db.models.signals import post_migrate  # noqa: PLC0415 -- app ready

    post_migrate.disconnect(create_contenttypes)
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    truncating = DatabaseOperations.sql_flush

    def deleting(self: Any, style: Any, tables: Sequence[str], **given: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            if not cursor.fetchone()[0]:
                return list(truncating(self, style, tables, **given))
        # Keys and append-only tables hold for whoever uses them; here all rows go together.
        names = [self.quote_name(table) for table in tables]
        return [
            "SET LOCAL session_replication_role = replica",
            # What is being written yet is waited for, as truncating does.
            f"LOCK TABLE {', '.join(names)} IN EXCLUSIVE MODE",
            "; ".join(f"DELETE FROM {name}" for name in names),
        ]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(DatabaseOperations, "sql_flush", deleting)
        yield


@pytest.fixture(autouse=True)
def _pages_begin_without_a_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer a test's client as the web server would: a municipality that the test has opened is not open there."""
    from django.test.client import ClientHandler  # noqa: PLC0415 -- app ready
    from django_scopes.state import state  # noqa: PLC0415 -- app ready

    answer = ClientHandler.__call__

    def answered(self: ClientHandler, environ: dict[str, Any]) -> Any:
        opened = state.set(None)
        try:
            return answer(self, environ)
        finally:
            state.reset(opened)

    monkeypatch.setattr(ClientHandler, "__call__", answered)


@pytest.fixture(autouse=True)
def _forms_have_an_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse pages whose forms a browser would send with `Origin: null`, which the check against forgery refuses.

    The test's client sends no origin, so that the form itself would pass.
    """
    from django.test.client import ClientHandler  # noqa: PLC0415 -- app ready

    answer = ClientHandler.__call__

    def answered(self: ClientHandler, environ: dict[str, Any]) -> Any:
        response = answer(self, environ)
        policy = response.headers.get("Referrer-Policy", "")
        assert policy != "no-referrer", f"{environ['PATH_INFO']}: forms of this page cannot be sent by a browser"
        return response

    monkeypatch.setattr(ClientHandler, "__call__", answered)


@pytest.fixture(autouse=True)
def _fresh_caches() -> None:
    """What one test kept in a cache is not there for the next."""
    from django.core.cache import caches  # noqa: PLC0415 -- app ready

    for alias in caches:
        caches[alias].clear()


@pytest.fixture(autouse=True)
def _speaks_its_own_language() -> None:
    """Begin in the language of the installation, whichever the last page of the test before was in."""
    from django.utils import translation  # noqa: PLC0415 -- app ready

    translation.deactivate()


@pytest.fixture(autouse=True)
def _no_jobs_left_behind(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """Forget the jobs of a test that commits: their tables are not Django's, and are not emptied after it."""
    yield
    mark = request.node.get_closest_marker("django_db")
    if (mark and mark.kwargs.get("transaction")) or "transactional_db" in request.fixturenames:
        from grobunn.kernel.testing import forget_jobs  # noqa: PLC0415 -- app ready

        with django_db_blocker.unblock():
            forget_jobs()
