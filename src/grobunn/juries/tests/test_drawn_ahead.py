"""The charts of results are drawn when they may be seen, not when somebody comes to see them."""

import pytest
from django.core.cache import caches
from django.urls import reverse

from grobunn.juries.models import Panel
from grobunn.juries.shown.ahead import draw_results
from grobunn.juries.tests.factories import bar, make_jury
from grobunn.juries.tests.scored import released_jury, score_all
from grobunn.kernel.testing import run_jobs
from grobunn.ui.charts import drawing

pytestmark = pytest.mark.django_db

# Two widths of two orders, in three languages.
WHOLE, PART = 12, 4


@pytest.fixture
def drawn(monkeypatch):
    """What the engine is asked to draw from now on; it is slow, and asked for nothing here."""
    asked: list[str] = []

    def draw(text: str) -> str:
        asked.append(text)
        return "<svg></svg>"

    caches["process"].clear()
    monkeypatch.setattr(drawing, "_drawn", draw)
    return asked


def _results(client, panel, user, **asked):
    client.force_login(user)
    page = reverse("juries:results", kwargs={"municipality": "trondheim", "reference": panel.reference})
    return client.get(page, asked, headers={"accept-language": "nb"})


def test_first_visitor_after_the_release_finds_the_charts_drawn(client, municipality, adviser, drawn):
    panel, members, entries = released_jury(municipality, by=adviser, values={1: (5, 5, 4)})
    bar(members[1], entries[1])
    run_jobs()
    ahead = len(drawn)
    caches["process"].clear()  # Another process than the one that drew.

    for user in (members[0].user, members[1].user, adviser):
        for ranking in ("raw", "adjusted"):
            assert "<svg" in _results(client, panel, user, orden=ranking).content.decode()

    assert ahead > 0
    assert len(drawn) == ahead


def test_who_is_disqualified_has_a_drawing_of_their_own_without_the_entry(municipality, adviser, drawn):
    panel, members, entries = released_jury(municipality, by=adviser, values={1: (5, 5, 4)})
    bar(members[1], entries[1])

    made = draw_results(Panel.objects.select_related("municipality").get(pk=panel.pk))

    assert made == WHOLE + PART
    assert {entries[1].title in text for text in drawn} == {True, False}


def test_nothing_is_drawn_before_the_release_nor_where_two_are_compared(municipality, adviser, drawn):
    waiting, members, entries = make_jury(municipality, by=adviser)
    score_all(waiting, members, entries, value=3)
    compared, _members, _entries = released_jury(municipality, by=adviser, is_pairwise=True, name="To og to")

    assert [draw_results(panel) for panel in (waiting, compared)] == [0, 0]
    assert drawn == []
