"""A write under a key is done once, however often and however fast it is sent."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from grobunn.kernel import clock
from grobunn.kernel.api.idempotency import forget_answered_requests
from grobunn.kernel.models import AnsweredRequest, AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.urls("grobunn.kernel.api.tests.example")]
LINE = {"action": "example.add"}
KEY = "4d1c2f0e-9f0b-4a53"


def test_same_request_again_gets_the_same_answer_and_does_nothing(send):
    first = send("post", "lines", LINE, token="writer", key=KEY)

    second = send("post", "lines", LINE, token="writer", key=KEY)

    assert (second.status_code, second.content) == (201, first.content)
    assert second["Content-Type"] == first["Content-Type"]
    assert second["Idempotency-Replayed"] == "true"
    assert AuditEntry.objects.count() == 1


def test_other_request_under_the_same_key_is_refused(send):
    send("post", "lines", LINE, token="writer", key=KEY)

    response = send("post", "lines", {"action": "example.other"}, token="writer", key=KEY)

    assert response.status_code == 422
    assert response.json()["type"] == "/api/v1/docs#key-reused"
    assert AuditEntry.objects.count() == 1


def test_key_of_one_caller_is_not_anothers(send):
    send("post", "lines", LINE, token="writer", key=KEY)

    response = send("post", "lines", LINE, key=KEY)

    assert "Idempotency-Replayed" not in response
    assert AuditEntry.objects.count() == 2


def test_refused_request_leaves_nothing_and_its_key_can_be_used_for_the_mended_one(send):
    refused = send("post", "refuse/conflict", token="writer", key=KEY)

    mended = send("post", "lines", LINE, token="writer", key=KEY)

    assert (refused.status_code, mended.status_code) == (409, 201)
    assert [entry.action for entry in AuditEntry.objects.all()] == ["example.add"]


@pytest.mark.parametrize("key", ["short", "with a space in it", "x" * 256])
def test_unreadable_key_is_refused(send, key):
    response = send("post", "lines", LINE, token="writer", key=key)

    assert response.status_code == 400
    assert AuditEntry.objects.count() == 0


def test_photos_under_a_key_are_compared_by_content(client):
    def post(content):
        return client.post(
            "/api/v1/photos",
            {"photo": SimpleUploadedFile("a.jpg", content, "image/jpeg")},
            headers={"Idempotency-Key": KEY},
        )

    first, again, other = post(b"abc"), post(b"abc"), post(b"abd")

    assert (first.json(), again.json(), other.status_code) == ({"size": 3}, {"size": 3}, 422)
    assert AuditEntry.objects.count() == 1


def test_answers_are_forgotten_after_two_days(send):
    send("post", "lines", LINE, token="writer", key=KEY)

    with clock.moved_by(hours=47):
        forget_answered_requests()
    kept = AnsweredRequest.objects.count()
    with clock.moved_to(clock.now() + timedelta(hours=49)):
        forget_answered_requests()

    assert (kept, AnsweredRequest.objects.count()) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_racing_requests_under_one_key_are_done_once():
    count = 4
    barrier = Barrier(count)

    def post(_number):
        barrier.wait()
        try:
            response = Client().post(
                "/api/v1/lines",
                data=json.dumps(LINE),
                content_type="application/json",
                headers={"Idempotency-Key": KEY},
            )
            return response.status_code, response.json()["id"]
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        answers = list(pool.map(post, range(count)))

    assert AuditEntry.objects.count() == 1
    assert set(answers) == {(201, AuditEntry.objects.get().pk)}
