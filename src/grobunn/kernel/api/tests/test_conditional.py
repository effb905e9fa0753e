"""A read has an ETag; whoever has the answer already is not sent it again."""

import pytest

from grobunn.kernel import actors, audit

pytestmark = [pytest.mark.django_db, pytest.mark.urls("grobunn.kernel.api.tests.example")]


def test_read_asked_again_with_its_etag_is_not_sent_again(send):
    first = send("get", "lines", token="reader")
    again = send("get", "lines", token="reader", **{"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again["ETag"] == first["ETag"]
    assert first["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Cookie", "Accept-Language"} <= {part.strip() for part in first["Vary"].split(",")}


def test_read_that_has_changed_is_sent_under_another_etag(send):
    first = send("get", "lines", token="reader")
    audit.record("example.one", actor=actors.SYSTEM)

    again = send("get", "lines", token="reader", **{"If-None-Match": first["ETag"]})

    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


def test_write_and_refusal_have_no_etag(send):
    written = send("post", "lines", {"action": "example.write"}, token="writer")
    refused = send("get", "lines")

    assert (written.status_code, "ETag" in written) == (201, False)
    assert (refused.status_code, "ETag" in refused) == (401, False)
