"""The live channel: who hears what, and only after commit."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction

from grobunn.kernel import live
from grobunn.kernel.live import Ticket


def test_ticket_is_read_back():
    ticket = Ticket("pitching:1", "/trondheim/pitchdag/a/na/", "nn")

    assert live.ticket_of(live.signed(ticket)) == ticket


@pytest.mark.parametrize("text", ["", "x", "a:b:c", live.POSTGRESQL_CHANNEL])
def test_forged_ticket_is_none(text):
    assert live.ticket_of(text) is None


def test_ticket_for_another_channel_cannot_be_made_of_one():
    head, stamp, signature = live.signed(Ticket("pitching:1")).split(":")
    other = live.signed(Ticket("pitching:2")).split(":")[0]

    assert live.ticket_of(f"{other}:{stamp}:{signature}") is None
    assert live.ticket_of(f"{head}:{stamp}:{signature}") == Ticket("pitching:1")


def test_ticket_ends(monkeypatch):
    text = live.signed(Ticket("pitching:1"))
    monkeypatch.setattr(live, "TICKET_SECONDS", timedelta(seconds=-1))

    assert live.ticket_of(text) is None


@pytest.mark.django_db(transaction=True)
def test_news_is_told_after_commit_and_not_without():
    heard = psycopg.connect(**_parameters(), autocommit=True)
    heard.execute(f"LISTEN {live.POSTGRESQL_CHANNEL}")

    with transaction.atomic():
        live.publish("pitching:taken-back")
        transaction.set_rollback(True)
    with transaction.atomic():
        live.publish("pitching:1")
        live.publish("pitching:1")

    told = [notice.payload for notice in heard.notifies(timeout=10, stop_after=1)]
    heard.close()
    assert told == ["pitching:1"]


def _parameters():
    given = connection.get_connection_params()
    return {name: given[name] for name in ("host", "port", "user", "password", "dbname") if given.get(name)}
