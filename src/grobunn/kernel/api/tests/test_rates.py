"""Whoever asks too often is told how long to wait, and has done nothing."""

import pytest

from grobunn.kernel import clock
from grobunn.kernel.api import gate
from grobunn.kernel.limits import Rate
from grobunn.kernel.models import AuditEntry, RateBucket

pytestmark = [pytest.mark.django_db, pytest.mark.urls("grobunn.kernel.api.tests.example")]
LINE = {"action": "example.add"}


@pytest.fixture(autouse=True)
def _narrow(monkeypatch):
    for name in ("READS_BY_KNOWN", "READS_BY_ADDRESS", "WRITES_BY_KNOWN", "WRITES_BY_ADDRESS"):
        monkeypatch.setattr(gate, name, Rate(count=2, seconds=60))


def test_third_write_of_a_token_is_refused_with_the_seconds_to_wait(send):
    with clock.moved_to(clock.now()):
        answers = [send("post", "lines", LINE, token="writer") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert answers[2]["Retry-After"] == "60"
    assert answers[2].json()["type"] == "/api/v1/docs#too-many-requests"
    assert AuditEntry.objects.count() == 2


def test_tokens_reads_and_writes_are_counted_each_by_itself(send):
    for _ in range(2):
        send("post", "lines", LINE, token="writer")
        send("get", "lines", token="writer")

    assert send("get", "lines", token="reader").status_code == 200
    assert send("get", "lines", token="writer").status_code == 429


def test_one_address_does_not_use_up_anothers_rate(client):
    def write(address):
        return client.post("/api/v1/lines", data=LINE, content_type="application/json", REMOTE_ADDR=address).status_code

    assert [write("203.0.113.7") for _ in range(3)] == [201, 201, 429]
    assert write("203.0.113.8") == 201


def test_no_address_is_kept(client):
    client.post("/api/v1/lines", data=LINE, content_type="application/json", REMOTE_ADDR="203.0.113.7")

    assert "203.0.113" not in str(list(RateBucket.objects.values()))
    assert len(RateBucket.objects.get().key) == 64


def test_wait_over_the_next_one_is_served(send):
    for _ in range(3):
        send("post", "lines", LINE, token="writer")

    with clock.moved_by(seconds=61):
        assert send("post", "lines", LINE, token="writer").status_code == 201
