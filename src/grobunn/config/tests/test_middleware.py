"""The outermost layers of a request."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from grobunn.config import urls
from grobunn.config.middleware import policies, requests
from grobunn.kernel.permissions import open_to_all


@open_to_all("test")
def _greet(request: HttpRequest, receipt: str) -> HttpResponse:
    return HttpResponse("hei")


urlpatterns = [path("try/<str:receipt>", _greet), *urls.urlpatterns]
handler404 = urls.handler404

pytestmark = pytest.mark.urls(__name__)


def seen_by(proxies: int) -> Callable[..., HttpRequest]:
    def ask(**headers: str) -> HttpRequest:
        found: list[HttpRequest] = []

        def view(request: HttpRequest) -> HttpResponse:
            found.append(request)
            return HttpResponse()

        with override_settings(TRUSTED_PROXIES=proxies):
            request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers=headers)
            requests.TrustedProxies(view)(request)
        return found[0]

    return ask


def test_untrusted_proxy_is_not_believed() -> None:
    request = seen_by(0)(**{"x-forwarded-for": "192.0.2.1", "x-forwarded-proto": "https", "forwarded": "for=192.0.2.1"})

    assert (request.META["REMOTE_ADDR"], request.is_secure()) == ("10.0.0.1", False)
    assert not any(name.startswith("HTTP_X_FORWARDED") or name == "HTTP_FORWARDED" for name in request.META)


@pytest.mark.parametrize(
    ("proxies", "told", "caller"),
    [
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "203.0.113.9, 192.0.2.1", "192.0.2.1"),
        (2, "203.0.113.9, 192.0.2.1, 192.0.2.2", "192.0.2.1"),
        (2, "192.0.2.1", "192.0.2.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_trusted_proxies_tell_who_called(proxies: int, told: str, caller: str) -> None:
    request = seen_by(proxies)(**{"x-forwarded-for": told})

    assert request.META["REMOTE_ADDR"] == caller


def test_trusted_proxy_tells_that_the_way_was_encrypted() -> None:
    assert seen_by(1)(**{"x-forwarded-proto": "https"}).is_secure()
    assert not seen_by(1)(**{"x-forwarded-proto": "http"}).is_secure()


@pytest.mark.parametrize(
    ("given", "is_kept"),
    [("req-0123456789", True), ("", False), ("short", False), ("x" * 65, False), ("with space and more", False)],
)
def test_request_id_is_kept_if_it_is_sane(client: Client, given: str, is_kept: bool) -> None:
    answered = client.get("/healthz", headers={"x-request-id": given} if given else {}).headers["X-Request-Id"]

    assert (answered == given) is is_kept
    assert len(answered) >= 8


@pytest.mark.django_db
def test_line_and_figures_hold_the_pattern_not_the_path(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    client.get("/try/7KQF-M3XD-9TPA")
    figures = client.get("/metrics").text

    assert "7KQF" not in capsys.readouterr().out + figures
    assert 'route="try/<str:receipt>"' in figures


def test_every_answer_carries_the_policies(client: Client) -> None:
    headers = client.get("/try/x").headers

    assert headers["Content-Security-Policy"] == policies.CONTENT_SECURITY_POLICY
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("weak", ["unsafe-inline", "unsafe-eval", "*", "http:", "https:"])
def test_policy_has_no_weak_place(weak: str) -> None:
    sources = {source for part in policies.CONTENT_SECURITY_POLICY.split(";") for source in part.split()[1:]}

    assert not {weak, f"'{weak}'"} & sources


@pytest.mark.parametrize(
    ("caller", "forwarded", "status"),
    [("127.0.0.1", "", 200), ("::1", "", 200), ("192.0.2.1", "", 403), ("", "", 403), ("127.0.0.1", "192.0.2.1", 403)],
)
@pytest.mark.django_db
def test_figures_are_for_this_machine(client: Client, caller: str, forwarded: str, status: int) -> None:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}

    assert client.get("/metrics", REMOTE_ADDR=caller, headers=headers).status_code == status


@override_settings(TRUSTED_PROXIES=1)
def test_figures_are_not_for_who_comes_through_the_proxy() -> None:
    response = Client().get("/metrics", REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": "192.0.2.1"})

    assert response.status_code == 403
