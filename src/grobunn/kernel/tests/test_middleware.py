"""Whoever is signed out is led to the login and back to a page that can be visited."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from grobunn.kernel import permissions
from grobunn.kernel.middleware import RequirePermission


@pytest.fixture
def _closed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(request: Any, view: Any) -> None:
        raise PermissionDenied

    monkeypatch.setattr(permissions, "gate", refuse)


@pytest.mark.usefixtures("_closed")
@pytest.mark.parametrize(
    ("method", "came_from", "next_page"),
    [
        ("get", "", "/storvik/ideer/%3Fside%3D2"),
        ("post", "http://testserver/storvik/ideer/7?fra=ko#kommentar", "/storvik/ideer/7%3Ffra%3Dko"),
        ("post", "", "/"),
        ("post", "https://elsewhere.example/storvik/", "/"),
    ],
)
def test_signed_out_comes_back_to_the_page_that_was_open(method: str, came_from: str, next_page: str) -> None:
    headers = {"HTTP_REFERER": came_from} if came_from else {}
    request = getattr(RequestFactory(), method)("/storvik/ideer/?side=2", **headers)
    request.user = AnonymousUser()

    response = RequirePermission(lambda _: HttpResponse()).process_view(request, lambda _: HttpResponse(), (), {})

    assert response is not None
    assert response["Location"] == f"{reverse('account_login')}?next={next_page}"
