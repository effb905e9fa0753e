"""Requests as the frame meets them, without a server."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory

from grobunn.ui import navigation


@pytest.fixture
def request_for() -> Callable[..., HttpRequest]:
    """Makes a request of a signed-out person for a path, with cookies by name."""

    def make(path: str = "/", **cookies: str) -> HttpRequest:
        request = RequestFactory().get(path)
        request.user = AnonymousUser()
        request._messages = CookieStorage(request)
        request.COOKIES.update(cookies)
        return request

    return make


@pytest.fixture(autouse=True)
def _no_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """The features' entries ask for their own people and places; here the frame stands alone."""
    monkeypatch.setattr(navigation, "_entries", {})
