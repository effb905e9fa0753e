"""Workers in processes of their own, killed at the worst moments, racing: no mail goes twice, none is lost unseen."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django_scopes import scope, scopes_disabled

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.notifications.models import Mail
from grobunn.notifications.services import mails
from grobunn.notifications.services.deliver import send_due_mails
from grobunn.notifications.services.mails import LEASE, SENDING_AT_MOST
from grobunn.notifications.services.retract import retract
from grobunn.notifications.states import MailState
from grobunn.notifications.tests.factories import make_notice
from grobunn.organisations.tests.factories import MunicipalityFactory

# Generous: the machine may be busy with other tests.
PATIENCE_SECONDS = 240

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]


def worker_environment(port: int) -> Mapping[str, str]:
    """What a worker of its own needs to meet this test's database and mail server."""
    database = connection.settings_dict
    host = quote(str(database["OPTIONS"].get("host") or database["HOST"]), safe="")
    return {
        **os.environ,
        "DATABASE_URL": f"postgresql://{database['USER']}@/{database['NAME']}?host={host}",
        "DJANGO_SETTINGS_MODULE": "grobunn.config.settings",
        "GROBUNN_SMTP_URL": f"smtp://127.0.0.1:{port}",
        "GROBUNN_SECRET_KEY": django_settings.SECRET_KEY,
        "GROBUNN_SITE_URL": django_settings.SITE_URL,
        "GROBUNN_MAIL_FROM": django_settings.DEFAULT_FROM_EMAIL,
        "GROBUNN_DEMO": "false",
    }


def start_worker(moment: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "grobunn.notifications.tests.worker", moment],
        env=worker_environment(django_settings.EMAIL_PORT),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run_worker(moment: str) -> str:
    worker = start_worker(moment)
    out, errors = worker.communicate(timeout=PATIENCE_SECONDS)
    assert worker.returncode == (0 if moment == "never" else -signal.SIGKILL), errors
    return out.strip()


def states() -> list[str]:
    with scopes_disabled():
        return list(Mail.objects.order_by("id").values_list("state", flat=True))


@pytest.mark.parametrize("moment", ["before_claim", "in_claim"])
def test_worker_killed_before_the_claim_leaves_the_mail_to_the_next(mail_server, moment):
    make_notice(UserFactory(), municipality=MunicipalityFactory())

    run_worker(moment)
    assert (states(), len(mail_server.mails)) == ([MailState.WAITING], 0)
    assert send_due_mails() == 0  # The lease of the dead worker still runs.
    with clock.moved_by(seconds=LEASE.total_seconds() + 1):
        assert send_due_mails() == 1

    assert (states(), len(mail_server.mails)) == ([MailState.SENT], 1)


@pytest.mark.parametrize(("moment", "arrived"), [("after_claim", 0), ("after_dot", 1), ("after_answer", 1)])
def test_worker_killed_after_the_claim_leaves_a_doubt_and_no_second_mail(mail_server, moment, arrived):
    make_notice(UserFactory(), municipality=MunicipalityFactory())

    run_worker(moment)
    assert (states(), len(mail_server.mails)) == ([MailState.SENDING], arrived)
    with clock.moved_by(seconds=SENDING_AT_MOST.total_seconds() + 1):
        assert send_due_mails() == 0
        assert mails.doubt_interrupted() == 1
        assert mails.doubt_interrupted() == 0
        assert send_due_mails() == 0

    assert (states(), len(mail_server.mails)) == ([MailState.UNCERTAIN], arrived)


def test_operator_sends_a_doubtful_mail_again_under_the_same_id(mail_server):
    make_notice(UserFactory(), municipality=MunicipalityFactory())
    run_worker("after_answer")
    with clock.moved_by(seconds=SENDING_AT_MOST.total_seconds() + 1):
        mails.doubt_interrupted()
    with scopes_disabled():
        mail = Mail.objects.get()

    assert mails.mend(mail, "send_again", actor=UserFactory(is_operator=True))
    assert not mails.mend(mail, "send_again", actor=UserFactory(is_operator=True))
    assert send_due_mails() == 1

    first, second = mail_server.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert states() == [MailState.SENT]


def test_racing_workers_send_each_mail_once(mail_server):
    municipality, users = MunicipalityFactory(), [UserFactory() for _ in range(30)]
    for user in users:
        make_notice(user, municipality=municipality)

    workers = [start_worker("never") for _ in range(3)]
    counts = [int(worker.communicate(timeout=PATIENCE_SECONDS)[0]) for worker in workers]

    assert sum(counts) == 30
    assert sorted(mail_server.recipients) == sorted(user.email for user in users)
    assert states() == [MailState.SENT] * 30


def test_workers_killed_at_any_moment_send_nothing_twice(mail_server):
    municipality, users = MunicipalityFactory(), [UserFactory() for _ in range(40)]
    for user in users:
        make_notice(user, municipality=municipality)

    for arrived in (1, 7, 15):
        worker = start_worker("never")
        while len(mail_server.envelopes) < arrived and worker.poll() is None:
            time.sleep(0.001)
        worker.kill()
        worker.communicate(timeout=PATIENCE_SECONDS)
    with clock.moved_by(seconds=SENDING_AT_MOST.total_seconds() + 1):
        mails.doubt_interrupted()
        send_due_mails()

    assert len(mail_server.recipients) == len(set(mail_server.recipients))
    with scopes_disabled():
        in_doubt = set(Mail.objects.filter(state=MailState.UNCERTAIN).values_list("to_address", flat=True))
    assert {*mail_server.recipients, *in_doubt} == {user.email for user in users}
    assert set(states()) <= {MailState.SENT, MailState.UNCERTAIN}
    assert len(in_doubt) <= 3


def test_worker_overtaken_after_its_lease_gives_the_mail_up(mail_server, monkeypatch):
    make_notice(UserFactory(), municipality=MunicipalityFactory())
    claim = mails.claim

    def overtaken(mail, words):
        monkeypatch.setattr(mails, "claim", claim)
        with clock.moved_by(seconds=LEASE.total_seconds() + 1):
            assert send_due_mails() == 1
        return claim(mail, words)

    monkeypatch.setattr(mails, "claim", overtaken)

    assert send_due_mails() == 0

    assert (states(), len(mail_server.mails)) == ([MailState.SENT], 1)


@pytest.mark.parametrize("is_retracted_first", [True, False])
def test_retract_and_sender_meet_and_the_count_says_who_won(mail_server, monkeypatch, is_retracted_first):
    municipality, user = MunicipalityFactory(), UserFactory()
    make_notice(user, municipality=municipality, key="a")
    claim, counts = mails.claim, []

    def meeting(mail, words):
        if is_retracted_first:
            with scope(municipality=municipality.pk):
                counts.append(retract(["a"]))
            return claim(mail, words)
        is_claimed = claim(mail, words)
        with scope(municipality=municipality.pk):
            counts.append(retract(["a"]))
        return is_claimed

    monkeypatch.setattr(mails, "claim", meeting)

    sent = send_due_mails()

    assert (counts, sent, len(mail_server.mails)) == (([1], 0, 0) if is_retracted_first else ([0], 1, 1))
    assert states() == [MailState.WITHDRAWN if is_retracted_first else MailState.SENT]
