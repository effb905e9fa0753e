"""What `grobunn check` tells an operator."""

import os
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.config import backup
from grobunn.config.diagnosis import Finding, Level, choices, database, machine, neighbours, publishing
from grobunn.config.environment import Environment
from grobunn.kernel import clock
from grobunn.notifications.models import Mail
from grobunn.notifications.states import MailState
from grobunn.notifications.tests.certificates import Authority
from grobunn.notifications.tests.mailserver import MailServer, running
from grobunn.organisations.tests.factories import MunicipalityFactory

PUBLIC = {"site_url": "https://ideer.example.no", "trusted_proxies": 1}


def told(findings: Iterator[Finding]) -> list[tuple[str, str]]:
    return [(finding.level.value, finding.subject) for finding in findings]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, [("ok", "Address")]),
        (PUBLIC, [("ok", "Address")]),
        ({"host": "0.0.0.0"}, [("error", "Address")]),
        ({"site_url": "http://ideer.example.no"}, [("error", "Address")]),
        ({"site_url": "https://ideer.example.no"}, [("ok", "Address"), ("warning", "Reverse proxy")]),
        ({**PUBLIC, "host": "0.0.0.0"}, [("ok", "Address"), ("warning", "Reverse proxy")]),
        ({**PUBLIC, "allowed_hosts": "*"}, [("ok", "Address"), ("error", "Address")]),
    ],
)
def test_address_is_judged_by_who_can_reach_it(settings: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert told(choices.address(Environment(**settings))) == expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, []),
        ({"demo": True, "debug": True}, [("warning", "Developer mode"), ("warning", "Demo mode")]),
        ({**PUBLIC, "demo": True, "debug": True}, [("error", "Developer mode"), ("error", "Demo mode")]),
    ],
)
def test_trying_out_is_an_error_where_people_are(settings: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert told(choices.modes(Environment(**settings))) == expected


@pytest.mark.parametrize(("key", "level"), [("short", "error"), ("a" * 60, "error"), ("aB3-" * 4 + "xyZ9_" * 10, "ok")])
def test_given_key_must_not_be_guessable(key: str, level: str) -> None:
    assert told(choices.secrets(Environment(secret_key=key))) == [(level, "Secret key")]


def test_kept_key_must_be_its_owners_alone(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("key")
    (tmp_path / "secret_key").chmod(0o644)

    assert told(choices.secrets(Environment(data_dir=tmp_path))) == [("error", "Secret key")]


def test_full_disk_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = os.statvfs(tmp_path)
    assert usage.f_bavail > 0
    monkeypatch.setattr(machine, "LEAST_BYTES", 10**18)

    assert told(machine.data_folder(Environment(data_dir=tmp_path))) == [("error", "Data folder")]


def test_backup_that_is_old_or_was_never_made_is_told_where_people_are(tmp_path: Path) -> None:
    environment = Environment(**PUBLIC)

    with override_settings(DATA_DIR=tmp_path):
        never = told(machine.backups(environment))
        (tmp_path / backup.STAMP).write_text(clock.now().isoformat())
        fresh = told(machine.backups(environment))
        with clock.moved_by(days=8):
            old = told(machine.backups(environment))

    assert (never, fresh, old) == ([("warning", "Backup")], [("ok", "Backup")], [("warning", "Backup")])


@pytest.mark.django_db
def test_migrated_database_is_well() -> None:
    found = list(database.server(Environment()))

    assert [finding.level for finding in found] == [Level.OK]
    assert "all migrations applied" in found[0].message


@pytest.mark.django_db
def test_missing_migration_is_an_error() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'kernel'")

    assert told(database.server(Environment())) == [("error", "Database")]


@pytest.mark.django_db
def test_more_connections_than_the_server_takes_are_told() -> None:
    found = told(database.server(Environment(web_workers=64, web_threads=8)))

    assert found == [("warning", "Database"), ("ok", "Database")]


@pytest.mark.django_db
def test_work_that_waits_without_a_worker_is_an_error() -> None:
    assert told(database.work(Environment())) == [("warning", "Background work")]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, args, queue_name, scheduled_at) VALUES ('a', '{}', 'q', %s)",
            [clock.now() - timedelta(minutes=6)],
        )
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '6 minutes'")

    assert told(database.work(Environment())) == [("error", "Background work")]


@pytest.mark.django_db
def test_people_left_from_a_demonstration_are_told() -> None:
    User.objects.create_user("nurse@demo.example", name="Nora", is_synthetic=True)

    assert told(database.people(Environment(demo=False))) == [("warning", "People")]
    assert told(database.people(Environment(demo=True))) == []


@pytest.mark.django_db
def test_publisher_that_nobody_has_named_is_told(settings: Any) -> None:
    assert told(publishing.catalogue(Environment())) == []
    able = {"mailbox": "post@kommune.example", "organisation_number": "964979456"}
    place = MunicipalityFactory(**able)
    assert told(publishing.catalogue(Environment())) == [("ok", "Data catalogue")]
    MunicipalityFactory(mailbox="")
    assert told(publishing.catalogue(Environment())) == [("warning", "Data catalogue")]
    settings.CATALOGUE_PUBLISHER = place.slug
    assert told(publishing.catalogue(Environment())) == [("ok", "Data catalogue")]
    settings.CATALOGUE_PUBLISHER = "finnes-ikke"
    assert told(publishing.catalogue(Environment())) == [("warning", "Data catalogue")]


def test_mail_server_that_takes_mail_is_well() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(Sink(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
            found = told(neighbours.mail(Environment()))
    finally:
        server.stop()

    assert found == [("ok", "Mail")]


def test_mail_server_that_is_not_there_is_an_error() -> None:
    with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=9):
        assert told(neighbours.mail(Environment())) == [("error", "Mail")]


def test_mail_server_with_a_certificate_that_nobody_signed_is_told_with_what_to_do(tmp_path: Path) -> None:
    server = MailServer()
    with (
        running(server, ssl_context=Authority(tmp_path).certified("127.0.0.1")) as port,
        override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_USE_SSL=True),
    ):
        (found,) = neighbours.mail(Environment())

    assert (found.level, found.message) == (Level.ERROR, "The mail server is not who it should be.")
    assert found.advice.startswith("The certificate of 127.0.0.1 cannot be trusted: ")
    assert "GROBUNN_SMTP_CA_FILE" in found.advice


def test_without_a_mail_server_nobody_gets_mail() -> None:
    assert told(neighbours.mail(Environment())) == [("warning", "Mail")]
    assert told(neighbours.mail(Environment(demo=True))) == []


def test_login_provider_that_is_not_there_is_an_error() -> None:
    assert told(neighbours.sign_in(Environment(oidc_issuer="http://127.0.0.1:9"))) == [("error", "Sign-in")]
    assert told(neighbours.sign_in(Environment())) == []


def test_check_called_by_a_program_looks_at_the_code_only(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check")

    assert "Database" not in capsys.readouterr().out


@pytest.mark.django_db
def test_mails_that_wait_long_or_stopped_are_told() -> None:
    assert told(database.mails(Environment())) == []
    with clock.moved_by(hours=-2):
        Mail.objects.create(to_address="kari@example.org", language="nb", subject="Hei", text="Hei")
    assert told(database.mails(Environment())) == [("warning", "Mails")]
    with scopes_disabled():
        Mail.objects.update(state=MailState.FAILED)

    (found,) = database.mails(Environment())

    assert found.message == "1 were refused, or nobody knows whether they went."
    assert found.advice.endswith("/varsler/e-post/.")
