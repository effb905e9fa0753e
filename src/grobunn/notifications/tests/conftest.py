"""Kinds of message that exist in these tests alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches

from grobunn.notifications import kinds
from grobunn.notifications.tests.kinds import ANSWERED, COMMENTED, TEMPLATES
from grobunn.notifications.tests.mailserver import MailServer, running


@pytest.fixture(autouse=True)
def _kinds_of_the_tests(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[None]:
    templates = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**templates, "DIRS": [TEMPLATES]}]
    monkeypatch.setattr(kinds, "_kinds", {**kinds._kinds, ANSWERED.name: ANSWERED, COMMENTED.name: COMMENTED})
    caches["process"].clear()
    yield
    caches["process"].clear()


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    """A mail server that the settings name."""
    server = MailServer()
    with running(server) as port:
        settings.IS_MAIL_KEPT_IN_OUTBOX = False
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.DEFAULT_FROM_EMAIL = "Grobunn <grobunn@mail.example>"
        settings.SITE_URL = "https://grobunn.example"
        yield server
