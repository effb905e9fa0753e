"""What an installation tidies by itself: jobs of dead workers, old jobs, sessions and cached things past their time."""

from datetime import timedelta

import structlog
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection

from grobunn.config.worker_process import SILENCE_SECONDS
from grobunn.kernel import clock
from grobunn.kernel.jobs import RETRY

log = structlog.get_logger("grobunn.housekeeping")

# Long enough for an operator to look at what failed before a holiday.
FAILED_JOBS_KEPT = timedelta(days=30)


def put_back_stalled_jobs() -> int:
    """Let another worker run what a dead worker held.

    A job that was tried as often as any job may be is given up: it may be what kills the workers.

    Returns: number of jobs put back.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT job.id, job.task_name, job.attempts
              FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
             WHERE job.status = 'doing'
               AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))
             ORDER BY job.id
               FOR UPDATE OF job SKIP LOCKED
            """,
            [SILENCE_SECONDS],
        )
        stalled = cursor.fetchall()
        for job_id, name, attempts in stalled:
            is_given_up = attempts >= (RETRY.max_attempts or 0)
            if is_given_up:
                cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [job_id])
            else:
                cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job_id])
            log.warning("the worker of a job is gone", job=name, job_id=job_id, is_given_up=is_given_up)
    return len(stalled)


def forget_old() -> None:
    """Remove jobs that failed long ago, and sessions and cached things past their time."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM procrastinate_jobs job
             WHERE status IN ('succeeded', 'failed', 'cancelled', 'aborted')
               AND NOT EXISTS (
                   SELECT 1 FROM procrastinate_events event WHERE event.job_id = job.id AND event.at > %s
               )
            """,
            [clock.now() - FAILED_JOBS_KEPT],
        )
    Session.objects.filter(expire_date__lt=clock.now()).delete()
    cache = caches["default"]
    if isinstance(cache, DatabaseCache):
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(cache._table)  # type: ignore[attr-defined]
            cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [clock.now()])  # noqa: S608 -- our own table
