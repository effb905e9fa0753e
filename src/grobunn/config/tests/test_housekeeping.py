"""Jobs of dead workers, and things past their time."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from grobunn.config import housekeeping, jobs
from grobunn.kernel import clock
from grobunn.kernel.jobs import RETRY

pytestmark = pytest.mark.django_db


def _worker(*, silent_seconds: int) -> int:
    return _one(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))", silent_seconds
    )


def _job(*, worker: int | None = None, attempts: int = 0, status: str = "doing") -> int:
    job_id = _one(
        "INSERT INTO procrastinate_jobs (task_name, args, status, attempts, queue_name)"
        " VALUES ('ideas.try', '{}', 'todo', %s, 'default')",
        attempts,
    )
    for step in ("doing", "failed")[: ("todo", "doing", "failed").index(status)]:
        _one(
            "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status, worker_id = %s WHERE id = %s",
            *(step, worker, job_id),
        )
    return job_id


def _one(statement: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} RETURNING id", values)
        return int(cursor.fetchone()[0])


def _state(job_id: int) -> tuple[str, int]:
    job = ProcrastinateJob.objects.get(pk=job_id)
    return job.status, job.attempts


def test_job_of_a_silent_or_forgotten_worker_is_put_back() -> None:
    silent, forgotten = _job(worker=_worker(silent_seconds=31)), _job(worker=None)

    jobs.put_back_stalled()

    assert [_state(silent), _state(forgotten)] == [("todo", 1), ("todo", 1)]


def test_job_of_a_living_worker_is_left_alone() -> None:
    running = _job(worker=_worker(silent_seconds=29))

    jobs.put_back_stalled()

    assert _state(running) == ("doing", 0)


def test_job_that_keeps_losing_its_worker_is_given_up() -> None:
    poisonous = _job(worker=None, attempts=RETRY.max_attempts or 0)

    jobs.put_back_stalled()

    assert _state(poisonous)[0] == "failed"


def test_failed_jobs_are_kept_for_thirty_days() -> None:
    failed = _job(status="failed")

    with clock.moved_by(days=29):
        jobs.forget()
    assert ProcrastinateJob.objects.filter(pk=failed).count() == 1
    with clock.moved_by(days=31):
        jobs.forget()
    assert ProcrastinateJob.objects.filter(pk=failed).count() == 0


def test_waiting_jobs_are_kept_for_ever() -> None:
    waiting = _job(status="todo")

    with clock.moved_by(days=400):
        jobs.forget()

    assert _state(waiting) == ("todo", 0)


def test_sessions_past_their_time_are_removed() -> None:
    for name, hours in (("over", -1), ("on", 1)):
        Session.objects.create(session_key=name, session_data="", expire_date=clock.now() + timedelta(hours=hours))

    housekeeping.forget_old()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["on"]
