"""The service as the operator's machine sees it: started, asked, stopped, its parts killed."""

import os
import signal
from pathlib import Path

import psycopg
import pytest

from grobunn.config import embedded
from tests.processes.conftest import PATIENCE_SECONDS, Service, descendants_of, eventually, is_alive


def test_probes_of_a_running_service_tell_that_it_is_ready(service: Service) -> None:
    assert service.get("/healthz").json() == {"status": "ok"}
    assert service.get("/readyz").json() == {"status": "ok", "database": "ok", "migrations": "ok", "jobs": "ok"}


def test_probes_answer_whatever_the_host_name(service: Service) -> None:
    assert service.get("/readyz", Host="10.0.0.7:8000").status == 200


def test_metrics_are_for_this_machine_only(service: Service) -> None:
    service.get("/")

    assert b'grobunn_request_seconds_count{method="GET"' in service.get("/metrics").body
    assert eventually(lambda: b"grobunn_workers 1.0" in service.get("/metrics").body)
    assert service.get("/metrics", X_Forwarded_For="127.0.0.1").status == 403


def test_answers_carry_the_request_id_and_the_log_has_it(service: Service) -> None:
    answer = service.get("/finnes-ikke/7KQF-M3XD-9TPA", X_Request_Id="test-0123456789")

    assert answer.headers["x-request-id"] == "test-0123456789"
    assert eventually(lambda: any(line.get("request_id") == "test-0123456789" for line in service.lines()))
    assert "7KQF" not in service.output()


def test_second_service_on_the_same_folder_is_refused(service: Service) -> None:
    second = service.run("serve")

    assert second.returncode == 1
    assert "already serves from" in second.stderr
    assert service.is_ready()


def test_taken_port_is_named(service: Service, tmp_path: Path) -> None:
    second = Service(tmp_path / "data", port=service.port).run("serve")

    assert second.returncode == 1
    assert f"Cannot listen on 127.0.0.1, port {service.port}" in second.stderr


@pytest.mark.parametrize("part", ["web", "worker", "indexer", "database"])
def test_killed_part_is_started_again(service: Service, part: str) -> None:
    with psycopg.connect(embedded.database_url(service.data_dir)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (part text)")
        connection.execute("INSERT INTO kept VALUES (%s)", [part])

    killed = service.kill(part)

    assert eventually(lambda: service.pid_of(part) not in {None, killed} and service.is_ready()), service.output()
    # A database that went away takes the worker along; it comes back too.
    assert eventually(lambda: service.pid_of("worker") is not None and _workers(service) > 0), service.output()
    with psycopg.connect(embedded.database_url(service.data_dir)) as connection:
        assert connection.execute("SELECT count(*) FROM kept WHERE part = %s", [part]).fetchone() == (1,)
    crashes = [line for line in service.lines() if line.get("event") == "ended unexpectedly"]
    assert {"part": part, "reason": "killed by SIGKILL"}.items() <= crashes[-1].items() | crashes[-2:][0].items()


def _workers(service: Service) -> int:
    with psycopg.connect(embedded.database_url(service.data_dir)) as connection:
        row = connection.execute(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '15 seconds'"
        ).fetchone()
    return int(row[0]) if row else 0


def test_answering_process_killed_is_replaced_by_the_web_server(service: Service) -> None:
    web = service.pid_of("web")
    assert web is not None
    answering = [pid for pid in descendants_of(web) if pid != web]

    for pid in answering:
        os.kill(pid, signal.SIGKILL)

    assert eventually(service.is_ready)


def test_killed_supervisor_takes_all_parts_along_and_the_next_start_recovers(service: Service) -> None:
    assert service.process is not None
    everything = descendants_of(service.process.pid)
    assert len(everything) > 5

    service.process.kill()
    service.process.wait()

    assert eventually(lambda: not any(is_alive(pid) for pid in everything)), [
        pid for pid in everything if is_alive(pid)
    ]
    service.start()
    service.wait_until_ready()


def test_sigterm_stops_all_parts_in_order(service: Service) -> None:
    assert service.process is not None
    everything = descendants_of(service.process.pid)

    service.process.terminate()

    assert service.process.wait(PATIENCE_SECONDS) == 0
    assert not any(is_alive(pid) for pid in everything)
    stopped = [line["part"] for line in service.lines() if line.get("event") == "stopped"]
    assert stopped == ["indexer", "worker", "live", "web", "database"]
    assert not (embedded.cluster_dir(service.data_dir) / "postmaster.pid").exists()
    service.start()
    service.wait_until_ready()
