"""The worker's own face to the job tables."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.db import connections, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.periodic import PeriodicRegistry

from grobunn.config import worker_process
from grobunn.kernel import jobs


@pytest.fixture
def asking_job(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A job that asks for another and then fails, in one transaction."""
    # The threads that run jobs must not hold on to a database that is about to be dropped.
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)

    def ask_and_fail() -> None:
        with transaction.atomic():
            jobs.defer("test.follow_up")
            raise RuntimeError("failed after asking")

    app.task(name="test.ask_and_fail", queue="test")(ask_and_fail)
    app.task(name="test.follow_up", queue="test")(lambda: None)
    yield "test.ask_and_fail"
    del app.tasks["test.ask_and_fail"], app.tasks["test.follow_up"]


async def _run_all() -> None:
    worker_app = worker_process.worker_app()
    worker_app.periodic_registry = PeriodicRegistry()
    async with worker_app.open_async():
        await worker_app.run_worker_async(
            queues=["test"], wait=False, install_signal_handlers=False, listen_notify=False
        )


@pytest.mark.django_db(transaction=True)
def test_what_a_failing_job_asked_for_is_taken_back(asking_job: str) -> None:
    jobs.defer(asking_job)

    asyncio.run(_run_all())

    found = ProcrastinateJob.objects.filter(queue_name="test").values_list("task_name", "status")
    assert list(found) == [(asking_job, "failed")]


def test_jobs_that_come_by_themselves_are_known_when_the_apps_are_ready() -> None:
    """One that came with a module imported later would change the list under the worker, which then ends."""
    code = (
        "import django; django.setup()\n"
        "from procrastinate.contrib.django import app\n"
        "before = set(app.periodic_registry.periodic_tasks)\n"
        "import grobunn.config.urls\n"
        "print(sorted(set(app.periodic_registry.periodic_tasks) - before))"
    )

    late = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)

    assert late.stdout.splitlines()[-1] == "[]"
