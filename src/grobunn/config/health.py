"""Whether the service lives and is ready for work, for load balancers and watchdogs."""

from dataclasses import asdict, dataclass
from functools import lru_cache
from http import HTTPStatus

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse

# A worker that has said nothing for a minute is gone (it speaks every ten seconds), and work that has waited five
# minutes beyond its time is piling up.
SILENCE_SECONDS = 60
OVERDUE_SECONDS = 300


@dataclass(frozen=True)
class Readiness:
    """How the parts are, in one word each: ok, or what is wrong."""

    database: str
    migrations: str
    jobs: str

    @property
    def is_ready(self) -> bool:
        return {self.database, self.migrations, self.jobs} == {"ok"}


@dataclass(frozen=True)
class Work:
    """How background work is doing: workers alive, jobs that wait beyond their time, jobs given up."""

    workers: int
    overdue: int
    failed: int


def live(request: HttpRequest) -> HttpResponse:
    """This process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> HttpResponse:
    """The database answers, its migrations are applied, and background work gets done."""
    found = readiness()
    status = HTTPStatus.OK if found.is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"status": "ok" if found.is_ready else "not ready", **asdict(found)}, status=status)


def readiness() -> Readiness:
    """How the database, the migrations and the jobs are; three queries at most."""
    try:
        missing = missing_migrations()
        if missing:
            return Readiness("ok", "missing", "unknown")
        work = work_under_way()
    except DatabaseError:
        return Readiness("unreachable", "unknown", "unknown")
    return Readiness("ok", "ok", "ok" if work.workers or not work.overdue else "piling up")


def missing_migrations() -> list[str]:
    """Migrations of this release that the database lacks, as app.name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations')")
        if cursor.fetchone() == (None,):
            return sorted(known_migrations())
        cursor.execute("SELECT app || '.' || name FROM django_migrations")
        applied = {row[0] for row in cursor.fetchall()}
    return sorted(known_migrations() - applied)


def work_under_way() -> Work:
    """How the workers and their jobs are."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT (SELECT count(*) FROM procrastinate_workers
                     WHERE last_heartbeat > now() - make_interval(secs => %s)),
                   count(*) FILTER (WHERE status = 'todo' AND NOT EXISTS (
                       SELECT 1 FROM procrastinate_events event
                       WHERE event.job_id = job.id AND event.at > now() - make_interval(secs => %s)
                   )),
                   count(*) FILTER (WHERE status = 'failed')
              FROM procrastinate_jobs job
             WHERE status IN ('todo', 'failed')
               AND (scheduled_at IS NULL OR scheduled_at < now() - make_interval(secs => %s))
            """,
            [SILENCE_SECONDS, OVERDUE_SECONDS, OVERDUE_SECONDS],
        )
        row = cursor.fetchone()
    return Work(*row)


@lru_cache(maxsize=1)
def known_migrations() -> frozenset[str]:
    """Migrations that this release brings; the code does not change while a process runs."""
    return frozenset(f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations)
