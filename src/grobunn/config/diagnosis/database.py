"""The database, the work that waits in it, and the people that it knows."""

from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, OperationalError, connection

from grobunn.accounts.models import User
from grobunn.config import health
from grobunn.config.diagnosis.findings import Finding, error, ok, warning
from grobunn.config.environment import Environment
from grobunn.kernel import clock
from grobunn.notifications.queries import is_mail_stuck, mails_needing_attention

OLDEST_VERSION = 150_000
EXTENSIONS = ("pg_trgm", "unaccent")
WORST_CLOCK_SECONDS = 30
START_A_WORKER = "Start `grobunn serve`, or `grobunn worker` beside it."
LOCAL_HOSTS = ("", "localhost", "127.0.0.1", "::1")


def server(environment: Environment) -> Iterator[Finding]:
    """Whether the server is there, new enough, and has what we need."""
    subject = "Database"
    try:
        facts = _facts()
    except OperationalError as problem:
        yield error(subject, f"Cannot be reached: {problem}".strip(), "Is DATABASE_URL right, and does the server run?")
        return
    version, encoding, most_connections, missing, seconds_apart = facts
    if version < OLDEST_VERSION:
        yield error(subject, f"PostgreSQL {version // 10_000} is too old.", "Use PostgreSQL 15 or newer.")
    if encoding != "UTF8":
        yield error(subject, f"Keeps text as {encoding}.", "Make the database anew with ENCODING 'UTF8'.")
    if missing:
        names = ", ".join(missing)
        yield error(subject, f"The server lacks the extensions {names}.", "Install postgresql-contrib on its machine.")
    if seconds_apart > WORST_CLOCK_SECONDS:
        yield warning(
            subject, f"Its clock is {seconds_apart:.0f} s off from this machine's.", "Let both keep time by NTP."
        )
    yield from _connections(environment, most_connections)
    yield from _privacy(environment)
    unapplied = health.missing_migrations()
    if unapplied:
        yield error(
            subject, f"{len(unapplied)} migrations are missing.", "Start `grobunn serve`, or run `grobunn migrate`."
        )
    else:
        yield ok(subject, f"PostgreSQL {version // 10_000}.{version % 10_000}, all migrations applied")


def _facts() -> tuple[int, str, int, list[str], float]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, current_setting('server_encoding'),"
            " current_setting('max_connections')::int,"
            " ARRAY(SELECT name FROM unnest(%s::text[]) name"
            "       WHERE name NOT IN (SELECT pg_available_extensions.name FROM pg_available_extensions)),"
            " clock_timestamp()",
            [list(EXTENSIONS)],
        )
        version, encoding, most_connections, missing, at = cursor.fetchone()
    return version, encoding, most_connections, missing, abs((at - clock.now()).total_seconds())


def _connections(environment: Environment, most: int) -> Iterator[Finding]:
    wanted = environment.web_workers * environment.web_threads + environment.worker_concurrency + 8
    if wanted > most - 10:
        yield warning(
            "Database",
            f"One machine may want {wanted} connections and the server takes {most}.",
            "Lower GROBUNN_WEB_WORKERS or GROBUNN_WEB_THREADS, or raise max_connections.",
        )


def _privacy(environment: Environment) -> Iterator[Finding]:
    parts = settings.DATABASES["default"]
    host = str(parts["HOST"])
    is_near = host.startswith("/") or host in LOCAL_HOSTS
    if not is_near and parts["OPTIONS"].get("sslmode") not in {"require", "verify-ca", "verify-full"}:
        yield warning(
            "Database",
            "The way to the server may be unencrypted.",
            "End DATABASE_URL with ?sslmode=verify-full, or =require where there is no certificate to verify.",
        )


def work(environment: Environment) -> Iterator[Finding]:
    """Whether background work gets done."""
    subject = "Background work"
    try:
        found = health.work_under_way()
    except DatabaseError:
        return  # Told by `server`.
    if found.overdue and not found.workers:
        yield error(
            subject, f"{found.overdue} jobs wait and no worker runs.", "Start `grobunn serve` or `grobunn worker`."
        )
    elif found.overdue:
        yield warning(
            subject, f"{found.overdue} jobs wait longer than five minutes.", "Start another `grobunn worker`."
        )
    elif not found.workers:
        yield warning(subject, "No worker runs.", START_A_WORKER)
    else:
        yield ok(subject, f"{found.workers} workers, nothing waits")
    if found.failed:
        yield warning(
            subject,
            f"{found.failed} jobs were given up in the last month.",
            "The log has the error of each: job error.",
        )


def mails(environment: Environment) -> Iterator[Finding]:
    """Mails that wait for nobody knows what, or for the operator."""
    subject = "Mails"
    try:
        is_stuck, undecided = is_mail_stuck(), mails_needing_attention().count()
    except DatabaseError:
        return
    if is_stuck:
        yield warning(
            subject,
            "Some have waited for an hour or longer.",
            "Look at the mail server above, and whether a worker runs; the log has the reason of each attempt.",
        )
    if undecided:
        yield warning(
            subject,
            f"{undecided} were refused, or nobody knows whether they went.",
            f"Sign in as an operator, and decide at {environment.address}/varsler/e-post/.",
        )


def people(environment: Environment) -> Iterator[Finding]:
    """Made-up people where real ones are."""
    try:
        count = 0 if environment.demo else User.objects.filter(is_synthetic=True, is_active=True).count()
    except DatabaseError:
        return
    if count:
        yield warning(
            "People",
            f"{count} made-up people are left from a demonstration; their API tokens work until they end.",
            "Begin with an empty DATA_DIR for real use.",
        )
