"""Who may call what: kinds of callers against kinds of operations."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from ninja import Router
from ninja.openapi.docs import Swagger

from grobunn.kernel.api.access import needs_scope
from grobunn.kernel.api.factory import make_api
from grobunn.kernel.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.urls("grobunn.kernel.api.tests.example")]


@pytest.fixture
def person():
    return get_user_model().objects.create_user("kari@test.example", name="Kari")


@pytest.fixture
def browser(person):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    return browser


@pytest.mark.parametrize(
    ("token", "reading", "writing"),
    [("", 401, 201), ("reader", 200, 403), ("writer", 200, 201), ("unknown", 401, 401)],
)
def test_tokens_open_what_their_scopes_name(send, token, reading, writing):
    assert send("get", "lines", token=token).status_code == reading
    assert send("post", "lines", {"action": "example.add"}, token=token).status_code == writing
    assert AuditEntry.objects.count() == (1 if writing == 201 else 0)


def test_unknown_token_is_refused_even_where_nobody_needs_one(send):
    response = send("post", "lines", {"action": "example.add"}, token="unknown")

    assert response["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    assert AuditEntry.objects.count() == 0


def test_other_authorization_than_a_bearer_token_is_refused(send):
    assert send("get", "lines", Authorization="Basic cmVhZGVyOg==").status_code == 401


def test_missing_scope_is_named(send):
    response = send("post", "lines", {"action": "example.add"}, token="reader")

    assert response.json()["scope"] == "example:write"


def test_session_reads_without_a_forgery_token(browser):
    assert browser.get("/api/v1/lines").status_code == 200


def test_session_without_a_forgery_token_writes_nothing(browser):
    response = browser.post("/api/v1/lines", data={"action": "example.add"}, content_type="application/json")

    assert response.json()["type"] == "/api/v1/docs#forgery-refused"
    assert AuditEntry.objects.count() == 0


def test_session_with_its_forgery_token_writes_as_its_person(browser, person):
    browser.cookies["csrftoken"] = secret = _get_new_csrf_string()

    response = browser.post(
        "/api/v1/lines",
        data={"action": "example.add"},
        content_type="application/json",
        headers={"X-CSRFToken": secret},
    )

    assert response.status_code == 201
    assert AuditEntry.objects.get().actor_id == person.pk


def test_token_beats_the_session_that_is_sent_along(browser):
    response = browser.post(
        "/api/v1/lines",
        data={"action": "example.add"},
        content_type="application/json",
        headers={"Authorization": "Bearer reader"},
    )

    assert response.status_code == 403
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize("auth", [{}, {"auth": needs_scope("nobody:declared")}])
def test_operation_without_a_known_access_is_not_mounted(auth):
    router = Router()
    router.get("/open", **auth)(lambda request: request.path)
    api = make_api(title="Bad", version="1", summary="", docs=Swagger(), routers=[router])

    with pytest.raises(ImproperlyConfigured):
        _ = api.urls
