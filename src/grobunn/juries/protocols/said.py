"""A protocol in words: the same parts for its page and for paper, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from grobunn.juries.grounds import FoundBy, Ground
from grobunn.juries.models import Panel
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.occasions import occasion_of
from grobunn.juries.shown.numbers import NOTHING, figure
from grobunn.juries.states import MACHINE, PanelPart, Ranking
from grobunn.ui import dates

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Grid:
    """A part of the protocol: sentences, and a table where it has rows. Takes: nothing, said where it has neither."""

    title: str
    lines: list[str] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    nothing: str = ""


class Words:
    """Names for the ids that stand in a protocol."""

    def __init__(self, panel: Panel, content: Content) -> None:
        self.content = content
        self.occasion = occasion_of(panel)
        self.members = {each["id"]: each["name"] or NOTHING for each in content["members"]}
        self.entries = {each["id"]: each["title"] for each in content["entries"]}
        self.criteria = {each["code"]: each["name"] for each in content["criteria"]}

    def legal(self, key: str) -> str:
        """An edition of the law, as it is cited."""
        basis = self.content["legal"].get(key)
        return f"{basis['name']} {basis['paragraphs']}" if basis else NOTHING

    def outcome(self, code: str) -> str:
        """What was decided."""
        outcome = self.occasion.outcome(code)
        return str(outcome.label) if outcome else code or NOTHING


def parts_of(panel: Panel, content: Content) -> list[Grid]:
    """Everything but decisions and taps, in the order in which it is read."""
    words = Words(panel, content)
    parts = [
        _members(content),
        _declarations(words),
        _conflicts(words),
        _absences(words),
        _criteria(content),
        _results(words),
        _steps(content),
    ]
    return [_without_empty_columns(part) for part in parts]


def facts_of(panel: Panel, content: Content) -> list[tuple[str, str]]:
    """What the panel was for, and which order counts."""
    about = content["panel"]
    ranking = content["ranking"]
    found = [
        (_("Municipality"), about["municipality"]),
        (_("Reference"), about["reference"]),
        (pgettext("panel", "For"), str(occasion_of(panel).label)),
        (_("What it is to decide"), about["purpose"]),
        (_("Met"), dates.day(date.fromisoformat(about["meets_on"])) if about["meets_on"] else ""),
        (_("Which order counts"), str(Ranking(ranking["which"]).label) if ranking["which"] else ""),
        (pgettext("ranking", "Why"), ranking["reason"]),
        (_("Confirmed by"), f"{ranking['by']}, {moment(ranking['at'])}" if ranking["at"] else ""),
    ]
    return [(str(label), value) for label, value in found if value]


def decisions_of(panel: Panel, content: Content) -> list[tuple[str, str, str, str]]:
    """Of each entry that was judged: title, outcome, by whom and when, reasons."""
    words = Words(panel, content)
    return [
        (
            entry["title"],
            words.outcome(entry["outcome"]),
            ", ".join(filter(None, [entry["decided_by"], moment(entry["decided_at"])])),
            entry["reasons"],
        )
        for entry in content["entries"]
        if not entry["withdrawn_at"]
    ]


def taps_of(panel: Panel, content: Content, *, marked_only: bool = False) -> Grid:
    """Every tap in the order they were made. Takes: marked_only, those that came late or do not count."""
    words = Words(panel, content)
    told = [tap for tap in content["taps"] if not marked_only or tap["is_late"] or not tap["counts"]]
    count = len(content["taps"])
    return Grid(
        title=_("Every tap"),
        lines=[ngettext("%(count)d tap in all.", "%(count)d taps in all.", count) % {"count": count}],
        head=[_("When"), pgettext("panel", "Who"), _("Entry"), _("Criterion"), _("Value"), _("Mark")],
        rows=[
            [
                moment(tap["tapped_at"], with_seconds=True),
                words.members.get(tap["member"], NOTHING),
                words.entries.get(tap["entry"], NOTHING),
                words.criteria.get(tap["criterion"], _("the whole entry")),
                _("a note") if tap["is_note"] else _("taken away") if tap["value"] is None else str(tap["value"]),
                _tap_mark(tap),
            ]
            for tap in told
        ],
    )


def moment(text: str | None, *, with_seconds: bool = False) -> str:
    """A time of the protocol in local time, "" for none."""
    if not text:
        return ""
    at = timezone.localtime(datetime.fromisoformat(text))
    return at.strftime("%Y-%m-%d %H:%M:%S") if with_seconds else dates.moment(at)


def _without_empty_columns(part: Grid) -> Grid:
    """A part without the columns in which nobody has anything, such as when somebody left."""
    told = [column for column in range(len(part.head)) if any(row[column] for row in part.rows)]
    return replace(
        part, head=[part.head[each] for each in told], rows=[[row[each] for each in told] for row in part.rows]
    )


def _members(content: Content) -> Grid:
    return Grid(
        title=_("Who was on the panel"),
        head=[pgettext("panel", "Who"), _("Part"), _("Title"), pgettext("member", "Left")],
        rows=[
            [each["name"] or NOTHING, str(PanelPart(each["part"]).label), each["title"], moment(each["left_at"])]
            for each in content["members"]
        ],
    )


def _declarations(words: Words) -> Grid:
    """Each member's declarations: those without relation counted, the others one by one."""
    rows = []
    for member in words.content["members"]:
        own = [each for each in words.content["declarations"] if each["member"] == member["id"]]
        free = [each for each in own if not each["ground"]]
        if free:
            said = ngettext("No relation to %(count)d entry", "No relation to %(count)d entries", len(free))
            last = max(each["declared_at"] for each in free)
            rows.append([member["name"] or NOTHING, said % {"count": len(free)}, moment(last)])
        for each in own:
            if each["ground"]:
                ground = str(Ground(each["ground"]).label)
                said = ": ".join(filter(None, [words.entries.get(each["entry"], NOTHING), ground, each["text"]]))
                rows.append([member["name"] or NOTHING, said, moment(each["declared_at"])])
    used = dict.fromkeys(each["legal_basis"] for each in words.content["declarations"])
    return Grid(
        title=_("Declarations of impartiality"),
        lines=[_("Declared under %(law)s.") % {"law": words.legal(key)} for key in used],
        head=[pgettext("panel", "Who"), _("What was declared"), _("When")],
        rows=rows,
        nothing=_("Nobody has declared."),
    )


def _conflicts(words: Words) -> Grid:
    rows = []
    for each in words.content["conflicts"]:
        took_part = ", ".join(words.members.get(member, NOTHING) for member in each["taken_by"])
        rows.append(
            [
                words.members.get(each["member"], NOTHING),
                words.entries.get(each["entry"], NOTHING),
                ". ".join(
                    filter(
                        None, [str(FoundBy(each["found_by"]).label), str(Ground(each["ground"]).label), each["detail"]]
                    )
                ),
                str(ConflictState(each["state"]).label),
                each["reason"],
                ", ".join(filter(None, [each["decided_by"], took_part, moment(each["decided_at"])])),
                words.legal(each["legal_basis"]),
            ]
        )
    return Grid(
        title=_("Possible conflicts, and what the panel decided without the member"),
        head=[
            pgettext("panel", "Who"),
            _("Entry"),
            pgettext("conflict", "What was found"),
            pgettext("panel", "Outcome"),
            pgettext("conflict", "Why"),
            _("Decided by"),
            _("Legal basis"),
        ],
        rows=rows,
        nothing=_("No possible conflict was declared or found."),
    )


def _absences(words: Words) -> Grid:
    """Who took no part in what, and who stood in."""
    absent = [
        _(
            "%(member)s took no part in “%(entry)s”: neither opened, scored nor discussed it, and is in no "
            "figure about it. %(reason)s (%(law)s)"
        )
        % {
            "member": words.members.get(each["member"], NOTHING),
            "entry": words.entries.get(each["entry"], NOTHING),
            "reason": each["reason"],
            "law": words.legal(each["legal_basis"]),
        }
        for each in words.content["conflicts"]
        if each["state"] == ConflictState.CONFIRMED
    ]
    stood_in = [
        _("%(substitute)s stood in for %(member)s in “%(entry)s”.")
        % {
            "substitute": words.members.get(each["substitute"], NOTHING),
            "member": words.members.get(each["instead_of"], NOTHING),
            "entry": words.entries.get(each["entry"], NOTHING),
        }
        for each in words.content["stand_ins"]
    ]
    return Grid(
        title=_("Who took no part in what"),
        lines=absent + stood_in,
        nothing=_("Everybody on the panel took part in everything."),
    )


def _criteria(content: Content) -> Grid:
    return Grid(
        title=_("Criteria"),
        head=[_("Criterion"), _("Weight"), _("What the figures mean")],
        rows=[
            [each["name"], each["weight"], " ".join(f"{level['value']}: {level['text']}." for level in each["levels"])]
            for each in content["criteria"]
        ],
    )


def _results(words: Words) -> Grid:
    return Grid(
        title=_("Results"),
        lines=[
            _("As given, and beside it adjusted for how strict each one is. Figures are on the scale of the criteria.")
        ],
        head=[
            _("Entry"),
            _("Place by the mean"),
            _("Mean"),
            _("Place, adjusted"),
            _("Adjusted"),
            _("95 % interval"),
            _("Spread"),
            _("Scored by"),
        ],
        rows=[
            [
                words.entries.get(each["entry"], NOTHING),
                _said(each["mean_place"]),
                _said(each["mean"]),
                _said(each["adjusted_place"]),
                _said(each["adjusted"]),
                "–".join(_said(end) for end in each["interval"]) if each["interval"][0] else NOTHING,
                _said(each["spread"]),
                _said(each["scored_by"]),
            ]
            for each in words.content["results"]
        ],
    )


def _steps(content: Content) -> Grid:
    known = MACHINE.by_name
    return Grid(
        title=_("What was done when"),
        head=[_("When"), pgettext("step", "What"), pgettext("panel", "Who"), pgettext("step", "Why")],
        rows=[
            [
                moment(each["at"]),
                str(known[each["step"]].label) if each["step"] in known else _("Made the panel"),
                each["by"],
                each["reason"],
            ]
            for each in content["steps"]
        ],
    )


def _tap_mark(tap: Mapping[str, Any]) -> str:
    if not tap["counts"]:
        return _("not counted")
    return pgettext("tap", "late") if tap["is_late"] else ""


def _said(value: Any) -> str:
    """A figure of the protocol with two decimals and the reader's comma; whole numbers as they are."""
    if value is None:
        return NOTHING
    return figure(float(value)) if isinstance(value, str) else str(value)
