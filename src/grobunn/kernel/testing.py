"""What tests need of the kernel: running the jobs that wait, in the test's own transaction."""

from datetime import datetime

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from grobunn.kernel import clock


def run_jobs(*, until: datetime | None = None, limit: int = 1000) -> list[str]:
    """Run every waiting job that is due, and the jobs that they ask for, in order.

    Returns: names of the jobs run.
    """
    names: list[str] = []
    for _ in range(limit):
        due = until or clock.now()
        row = (
            ProcrastinateJob.objects.filter(status="todo")
            .exclude(scheduled_at__gt=due)
            .order_by("id")
            .values_list("id", "task_name", "args")
            .first()
        )
        if row is None:
            return names
        job_id, name, arguments = row
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job_id])
        app.tasks[name].func(**arguments)
        names.append(name)
    raise AssertionError(f"More than {limit} jobs: {names[:20]} …")


def forget_jobs() -> None:
    """Forget the jobs that wait: tests with a live server leave theirs behind, since their tables are not Django's."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
