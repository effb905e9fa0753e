"""Sessions: kept and read as Django's own."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from grobunn.accounts.sessions import SessionStore
from grobunn.kernel import clock

pytestmark = pytest.mark.django_db


def _kept() -> str:
    session = SessionStore()
    session["words"] = "æøå"
    session.save()
    return session.session_key


def test_session_is_read_as_it_was_saved() -> None:
    assert SessionStore(_kept())["words"] == "æøå"


def test_session_whose_time_is_over_is_empty_and_has_no_key() -> None:
    key = _kept()
    Session.objects.filter(session_key=key).update(expire_date=clock.now() - timedelta(seconds=1))

    session = SessionStore(key)

    assert dict(session.items()) == {}
    assert session.session_key is None


def test_session_that_nobody_has_is_empty_and_has_no_key() -> None:
    session = SessionStore("a" * 32)

    assert dict(session.items()) == {}
    assert session.session_key is None
