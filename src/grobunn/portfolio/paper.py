"""The page for the leaders' meeting on paper: a tagged PDF in the language of the reader."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from grobunn.capacity.words import amount_words
from grobunn.initiatives.models import Initiative
from grobunn.kernel import clock
from grobunn.organisations.models import Municipality, Role
from grobunn.portfolio.ages import days_since, in_words
from grobunn.portfolio.columns import ENDS, WORK, Column
from grobunn.portfolio.queries.loads import Over
from grobunn.portfolio.queries.meeting import Meeting
from grobunn.ui import dates, pdf


def meeting_pdf(found: Meeting, *, municipality: Municipality, since: date, address: str) -> bytes:
    """The PDF. Takes: address, of the page with everything that does not fit."""
    return pdf.compile("portfolio/meeting", _data(found, municipality=municipality, since=since, address=address))


def _data(found: Meeting, *, municipality: Municipality, since: date, address: str) -> dict[str, Any]:
    under_way = sum(found.count_of(column) for column in WORK)
    return {
        "title": _("Portfolio of %(municipality)s") % {"municipality": municipality.name},
        "language": (get_language() or "nb")[:2],
        "lead": _("As of %(day)s. Since the last meeting, %(since)s.")
        % {"day": dates.day(clock.today()), "since": dates.day(since)},
        "figures": [
            {"value": str(under_way), "label": _("under way")},
            {"value": number_format(found.count_of(Column.PAUSED)), "label": _("on hold")},
            {"value": number_format(found.stuck_count), "label": _("stuck")},
            {"value": number_format(found.waiting_count), "label": _("wait for a decision")},
            {"value": number_format(found.ended_count), "label": _("ended since last time")},
        ],
        "stages": {
            "title": _("Where the work stands"),
            "head": [_("Stage"), _("How many"), _("Stuck")],
            "rows": [
                [str(column.label), number_format(found.count_of(column)), number_format(_stuck(found, column))]
                for column in Column
                if found.count_of(column) and column not in ENDS
            ],
        },
        "parts": [
            _part(_("Stuck"), [_line(each) for each in found.stuck], found.stuck_count, _("Nothing is stuck.")),
            _part(
                _("Waits for a decision"),
                [_line(each) for each in found.waiting],
                found.waiting_count,
                _("No decision is waited for."),
            ),
            _part(
                _("Over capacity in %(quarter)s") % {"quarter": found.quarter},
                [over_words(each) for each in found.over[:8]],
                len(found.over),
                _("No unit has promised more than there is."),
            ),
            _part(
                _("Ended since last time"),
                [ended_words(each) for each in found.ended],
                found.ended_count,
                _("Nothing has ended."),
            ),
        ],
        "address": address,
        "address_words": _("With every row behind each number:"),
    }


def over_words(over: Over) -> str:
    """How much too much a unit has promised."""
    load = over.load
    return _("%(unit)s: %(reserved)s are promised, and %(declared)s declared (%(measure)s)") % {
        "unit": over.unit.name,
        "reserved": amount_words(load.reserved),
        "declared": amount_words(load.declared),
        "measure": over.measure.label,
    }


def ended_words(initiative: Initiative) -> str:
    """How something ended: in operation, or with what was learned."""
    if initiative.learned:
        return _("%(title)s – finished, and we learned: %(learned)s") % {
            "title": initiative.title,
            "learned": _cut(initiative.learned),
        }
    return _("%(title)s – in operation") % {"title": initiative.title}


def _stuck(found: Meeting, column: Column) -> int:
    return found.counts.get(column, {}).get("stuck", 0)


def _part(title: str, lines: Sequence[str], count: int, nothing: str) -> dict[str, Any]:
    more = count - len(lines)
    return {
        "title": title,
        "lines": list(lines),
        "more": _("and %(count)s more") % {"count": number_format(more)} if more > 0 else "",
        "nothing": nothing,
    }


def _line(initiative: Initiative) -> str:
    said = f": {_cut(initiative.status)}" if initiative.status else ""
    who = f"{Role(initiative.owner_role).label}, {initiative.unit.name}"
    return f"{initiative.title} ({who}, {in_words(days_since(initiative.stage_since))}){said}"


def _cut(text: str, most: int = 160) -> str:
    whole = " ".join(text.split())
    return whole if len(whole) <= most else f"{whole[: most - 2].rsplit(' ', 1)[0]} …"
