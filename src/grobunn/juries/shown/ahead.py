"""Draws the charts of results before anybody opens the page: the first one drawn takes a quarter of a second."""

from collections import Counter

from django.utils import translation

from grobunn.juries.grounds import Standing
from grobunn.juries.models import Entry, Member, Panel
from grobunn.juries.queries.results import computed_results
from grobunn.juries.queries.scores import visible_scores
from grobunn.juries.queries.standing import standings
from grobunn.juries.shown.lines import PAGE_SIZE, chart_of, lines
from grobunn.juries.states import RELEASED, Ranking
from grobunn.ui.languages import OWN_NAMES

# As many different views of a panel are drawn, those of most members first. Whoever else comes first waits a moment.
MOST_VIEWS = 4


def draw_results(panel: Panel) -> int:
    """Draw the first page of results in each language and order, as those on the panel will see it. Asked within the
    panel's scope.

    Returns: how many drawings. Kept ones are found by what they show, so nobody is shown what is another's to see.
    """
    if panel.state not in RELEASED or panel.is_pairwise:
        return 0
    return sum(_drawn(panel, reader) for reader in _readers(panel))


def _readers(panel: Panel) -> list[Member | None]:
    """One for each view: None for the whole, and of those who may not know all, one for each part that is open."""
    members = list(Member.objects.present().filter(panel=panel))
    entries = list(Entry.objects.judged().filter(panel=panel).only("pk"))
    known = standings(panel, members, entries)
    open_to = {
        member: frozenset(entry.pk for entry in entries if known[(member.pk, entry.pk)] == Standing.IMPARTIAL)
        for member in members
    }
    parts = [part for part, _times in Counter(open_to.values()).most_common() if 0 < len(part) < len(entries)]
    first = {part: member for member, part in reversed(open_to.items())}
    return [None, *(first[part] for part in parts)][:MOST_VIEWS]


def _drawn(panel: Panel, reader: Member | None) -> int:
    results = computed_results(visible_scores(panel, reader))
    drawn = 0
    # Who may know all are many, and may read any of them.
    for language in OWN_NAMES if reader is None else (panel.municipality.language,):
        with translation.override(language):
            for ranking in (Ranking.RAW, Ranking.ADJUSTED):
                shown = lines(results, ranking=ranking, begin=0, size=PAGE_SIZE)
                chart = chart_of(panel, results, shown, {line.entry_id: "" for line in shown}, ranking=ranking)
                if chart is not None:
                    drawn += len([chart.svg_wide, chart.svg_narrow])
    return drawn
