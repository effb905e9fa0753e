"""Requests as the frame meets them, without a server."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory


@pytest.fixture
def request_for() -> Callable[..., HttpRequest]:
    """Makes a request of a signed-out person for a path, with cookies by name."""

    def make(path: str = "/", *, accept_language: str = "", **cookies: str) -> HttpRequest:
        request = RequestFactory().get(path, headers={"Accept-Language": accept_language})
        request.user = AnonymousUser()
        request._messages = CookieStorage(request)
        request.COOKIES.update(cookies)
        return request

    return make
