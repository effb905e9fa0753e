"""Parts killed while people write: what was acknowledged is there, once, and nobody gets a mail twice."""

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from grobunn.kernel import ids
from tests.processes.conftest import Prepared, Service, eventually, free_port

IDEAS = 24
# A worker's jobs are put back within a minute and a half of its death, then its mails go.
MAIL_SECONDS = 240


@dataclass
class Postbox:
    """A mail server that counts what it takes for whom."""

    taken: Counter[str] = field(default_factory=Counter)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if message_from_bytes(bytes(envelope.content or b""))["Subject"]:
            self.taken.update(envelope.rcpt_tos)
        return "250 OK"


@dataclass
class Writer:
    """Somebody who sends ideas, and sends one again under its key until the service says that it has it."""

    service: Service
    receipts: dict[str, str] = field(default_factory=dict)

    def write_all(self) -> None:
        for number in range(IDEAS):
            address = f"skriver{number}@example.org"
            self.receipts[address] = self._write(number, address)
            time.sleep(0.5)

    def _write(self, number: int, address: str) -> str:
        body = json.dumps({"text": f"Forslag nummer {number} om lås og nøkler", "email": address}).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(ids.new_id())}
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                answer = self.service.ask("POST", "/api/v1/municipalities/trondheim/ideas", body=body, headers=headers)
            except (OSError, http.client.HTTPException):
                time.sleep(0.2)
                continue
            if answer.status == 201:
                return str(answer.json()["receipt"])
            assert answer.status >= 500 or answer.status in {409, 429}, answer.body
            time.sleep(0.5)
        raise AssertionError("The service did not come back.")


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    box, port = Postbox(), free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box, port
    server.stop()


def test_acknowledged_ideas_survive_and_no_mail_goes_twice(
    demonstrated: Prepared, postbox: tuple[Postbox, int]
) -> None:
    box, smtp_port = postbox
    service = Service(
        demonstrated("killed"),
        command=("demo",),
        settings={"GROBUNN_SMTP_URL": f"smtp://127.0.0.1:{smtp_port}"},
    )
    service.start()
    try:
        service.wait_until_ready()
        writer = Writer(service)
        writing = threading.Thread(target=writer.write_all)
        writing.start()
        for part in ("worker", "web", "database"):
            time.sleep(2)
            service.kill(part)
            time.sleep(1)
            assert eventually(lambda: service.is_ready() and service.pid_of("worker") is not None), service.output()
        writing.join()

        found = [service.get(f"/api/v1/threads/{receipt}").status for receipt in writer.receipts.values()]
        # A mail that was on its way when its worker was killed may have gone: it is not sent again.
        most_arrive = eventually(lambda: len(box.taken) >= IDEAS - 2, within_seconds=MAIL_SECONDS)
    finally:
        service.end()

    assert found == [200] * IDEAS
    assert len(set(writer.receipts.values())) == IDEAS
    assert most_arrive, service.output()
    assert set(box.taken.values()) == {1}
