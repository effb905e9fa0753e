"""A disqualified panellist hears nothing of the entry over the live service, whatever becomes of it.

The walk over pages stands in `pitching/tests/test_nothing_leaks.py`. Here every ticket on the pages of a pitch day is
used, as a browser would: first while the entry is one thing, then while it is another.
"""

import asyncio
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grobunn.config.live.application import LOOK
from grobunn.config.tests.test_live import Browser, Told, started
from grobunn.initiatives.tests.conftest import town as any_town  # noqa: F401 -- a fixture
from grobunn.juries.models import Criterion, Panel
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.services.scoring import TapGiven, record_taps
from grobunn.juries.states import PanelPart, PanelState
from grobunn.juries.tests.walking import SECRET, addresses, known_of, without_noise
from grobunn.kernel import clock, ids
from grobunn.kernel.live import ticket_of
from grobunn.organisations.models import Municipality
from grobunn.pitching.live import channel_of
from grobunn.pitching.tests.test_nothing_leaks import change, day_and_slots, seated  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db
_TICKET = re.compile(r'data-watch="http://live\.test/live/([^"]+)"')


@pytest.fixture
def town(any_town, settings):  # noqa: F811
    settings.LIVE_ADDRESS = "http://live.test"
    Municipality.objects.filter(pk=any_town.municipality.pk).update(slug="trondheim")
    any_town.municipality.slug = "trondheim"
    return any_town


class Parts:
    """What the web server says of parts, read beforehand as the live service reads it: by nobody in particular."""

    def __init__(self, tickets):
        self._told = {}
        for each in tickets:
            if each.part:
                answer = Client().get(each.part, headers={"accept-language": each.language})
                html = without_noise(answer.content.decode()) if answer.status_code == 200 else None
                self._told[(each.part, each.language)] = html

    async def read(self, part, language):
        return self._told[(part, language)]


def tickets_of(reader, known):
    """The tickets on all pages of pitch days that somebody can open, as they came."""
    client = Client()
    client.force_login(reader)
    pages = [client.get(each) for each in addresses(known) if "/pitchdag/" in each]
    words = [page.content.decode() for page in pages if page.status_code == 200 and not page.streaming]
    return {ticket_of(text): text for page in words for text in _TICKET.findall(page)}


def heard(tickets, channel):
    """What each stream says when it is opened, and when there is news."""

    parts = Parts(tickets)

    async def run():
        news = Told()
        app = await started(news, parts)
        browsers = {ticket: Browser(app, f"/live/{text}") for ticket, text in tickets.items()}
        said = {ticket: [await browser.opened()] for ticket, browser in browsers.items()}
        news.tell(channel)
        for ticket, browser in browsers.items():
            said[ticket].append(await browser.next())
        return said

    return asyncio.run(run())


def _known(day, slot, barred):
    return known_of(
        day.panel,
        slot.entry,
        barred,
        slug=day.slug,
        team=slot.team.slug,
        watch_key=day.watch_key,
        slot_id=str(slot.pk),
    )


@pytest.mark.parametrize("part", [PanelPart.MEMBER, PanelPart.CHAIR])
def test_streams_say_the_same_whatever_becomes_of_the_entry(town, day_and_slots, part):  # noqa: F811
    day, slots = day_and_slots
    others, barred = seated(town, day, slots[1], part=part, state=ConflictState.CONFIRMED)
    criteria = list(Criterion.objects.filter(panel=day.panel))
    known, channel = _known(day, slots[1], barred), channel_of(day.pk)

    change(slots[1], others, criteria, value=1, words=f"{SECRET} en")
    once = heard(tickets_of(barred.user, known), channel)
    change(slots[1], others, criteria, value=5, words=f"{SECRET} to og mer")
    again = heard(tickets_of(barred.user, known), channel)

    assert again == once
    assert not any(SECRET.encode() in event for events in again.values() for event in events)
    # One stream that carries the room's part, the same for all, and one that only says: look yourself.
    assert {ticket.channel for ticket in again} == {channel}
    assert {bool(ticket.part) for ticket in again} == {True, False}
    assert all((events == [LOOK, LOOK]) is not bool(ticket.part) for ticket, events in again.items())


def test_who_scores_and_what_they_give_is_no_news_to_the_room(town, day_and_slots):  # noqa: F811
    day, slots = day_and_slots
    others, _barred = seated(town, day, slots[1], part=PanelPart.MEMBER, state=ConflictState.CONFIRMED)
    Panel.objects.filter(pk=day.panel_id).update(state=PanelState.SCORING)
    given = {"entry_id": slots[1].entry_id, "criterion": "need", "made_at": clock.now()}

    with CaptureQueriesContext(
        connection,
    ) as asked:
        figure = TapGiven(id=ids.new_id(), value=4, **given)
        note = TapGiven(id=ids.new_id(), note=f"{SECRET} notat", **given)
        became = record_taps(others[1], [figure, note])

    assert set(became.kept) == {figure.id, note.id}
    assert not any("pg_notify" in query["sql"] for query in asked)
