"""What watchdogs are told."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client

from grobunn.config import health
from grobunn.kernel import clock


def _wait(*, minutes: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_jobs (task_name, args, queue_name) VALUES ('a', '{}', 'q')")
        cursor.execute("UPDATE procrastinate_events SET at = %s", [clock.now() - timedelta(minutes=minutes)])


def _live(*, silent_seconds: int) -> None:
    with connection.cursor() as cursor:
        heartbeat = clock.now() - timedelta(seconds=silent_seconds)
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [heartbeat])


def test_live_asks_nothing(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["10.0.0.7", "any.example"])
def test_ready_answers_any_host_name(client: Client, host: str) -> None:
    response = client.get("/readyz", headers={"host": host})

    assert response.json() == {"status": "ok", "database": "ok", "migrations": "ok", "jobs": "ok"}


@pytest.mark.django_db
def test_ready_asks_the_database_three_times_at_most(client: Client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(3):
        client.get("/readyz")


@pytest.mark.django_db
def test_missing_migration_is_not_ready(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'kernel' AND name = '0001_initial'")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["migrations"] == "missing"
    assert health.missing_migrations() == ["kernel.0001_initial"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("waited_minutes", "silent_seconds", "jobs"),
    [(4, None, "ok"), (6, None, "piling up"), (6, 61, "piling up"), (6, 30, "ok")],
)
def test_work_that_nobody_does_is_not_ready(
    client: Client, waited_minutes: int, silent_seconds: int | None, jobs: str
) -> None:
    _wait(minutes=waited_minutes)
    if silent_seconds is not None:
        _live(silent_seconds=silent_seconds)

    assert client.get("/readyz").json()["jobs"] == jobs


def test_lost_database_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> list[str]:
        raise OperationalError("gone")

    monkeypatch.setattr(health, "missing_migrations", lost)

    response = client.get("/readyz")

    assert (response.status_code, response.json()["database"]) == (503, "unreachable")
