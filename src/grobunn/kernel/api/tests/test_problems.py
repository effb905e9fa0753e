"""Every refusal is told as problem+json, and leaves nothing behind where it should not."""

import pytest

from grobunn.kernel.api import problems
from grobunn.kernel.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.urls("grobunn.kernel.api.tests.example")]


def told(response):
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == response.status_code
    assert body["type"] == f"/api/v1/docs#{body['type'].rpartition('#')[2]}"
    return body


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("denied", 403, "not-allowed"),
        ("missing", 404, "not-found"),
        ("conflict", 409, "conflict"),
        ("input", 422, "invalid"),
        ("model", 422, "invalid"),
        ("refused", 422, "invalid"),
    ],
)
def test_refusal_in_an_operation_is_told_with_its_kind(send, name, status, code):
    response = send("post", f"refuse/{name}", token="writer")

    body = told(response)
    assert (response.status_code, body["type"]) == (status, f"/api/v1/docs#{code}")


def test_refused_transition_is_told_in_its_own_words(send):
    body = told(send("post", "refuse/conflict", token="writer"))

    assert body["detail"] == "It has been answered. Open it again."


def test_missing_input_names_its_field(send):
    body = told(send("post", "refuse/input", token="writer"))

    assert body["errors"] == [{"pointer": "/reason", "detail": "Give a reason."}]


def test_invalid_body_names_each_field_by_its_place_in_the_body(send):
    body = told(send("post", "lines", {"action": "x"}, token="writer"))

    assert [error["pointer"] for error in body["errors"]] == ["/action"]
    assert AuditEntry.objects.count() == 0


def test_invalid_parameter_is_named(send):
    body = told(send("get", "lines?limit=0", token="reader"))

    assert [error["pointer"] for error in body["errors"]] == ["limit"]


def test_body_that_is_not_json_cannot_be_read(client):
    response = client.post("/api/v1/lines", data="{", content_type="application/json")

    assert told(response)["type"] == "/api/v1/docs#bad-request"
    assert response.status_code == 400


def test_failure_is_logged_and_told_without_its_words(send, client, caplog):
    client.raise_request_exception = False

    response = send("post", "refuse/broken", token="writer")

    assert told(response)["type"] == "/api/v1/docs#broken"
    assert response.status_code == 500
    assert "ZeroDivisionError" not in response.content.decode()
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [ZeroDivisionError]


def test_lost_database_is_told_with_when_to_come_back(send, client):
    client.raise_request_exception = False

    response = send("post", "refuse/away", token="writer")

    assert told(response)["type"] == "/api/v1/docs#away"
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")


def test_unknown_address_and_method_are_told(send):
    nowhere = send("get", "nowhere")
    method = send("delete", "lines")

    assert told(nowhere)["status"] == 404
    assert told(method)["status"] == 405
    assert sorted(method["Allow"].split(", ")) == ["GET", "POST"]


def test_too_large_body_is_refused_before_it_is_read(client):
    response = client.post("/api/v1/lines", data=b" " * (256 * 1024 + 1), content_type="application/json")

    assert told(response)["status"] == 413
    assert AuditEntry.objects.count() == 0


def test_cursor_of_another_list_cannot_be_read(send):
    response = send("get", "lines?cursor=bm8", token="reader")

    assert told(response)["status"] == 400


def test_problem_speaks_the_language_that_is_asked_for(send):
    response = send("get", "nowhere", **{"Accept-Language": "en"})

    assert told(response)["title"] == "There is nothing here"


def test_kinds_have_codes_of_their_own():
    codes = [kind.code for kind in problems.KINDS]

    assert sorted(set(codes)) == sorted(codes)


@pytest.mark.parametrize("key", ["", "4d1c2f0e-9f0b"])
def test_upload_without_a_boundary_cannot_be_read(client, key):
    headers = {"Idempotency-Key": key} if key else {}

    response = client.post("/api/v1/photos", data=b"x", content_type="multipart/form-data", headers=headers)

    assert told(response)["status"] == 400
    assert AuditEntry.objects.count() == 0
