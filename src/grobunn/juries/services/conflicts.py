"""Finds possible conflicts from what is known: each is proposed, and the panel confirms or dismisses it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_scopes import scope

from grobunn.juries.events import StandingChanged
from grobunn.juries.grounds import FoundBy, Ground
from grobunn.juries.models import Assessment, Conflict, Entry, Member, Panel, Party, PartyKind
from grobunn.juries.models.impartiality import ConflictState
from grobunn.kernel import events
from grobunn.organisations.queries.nearest_leaders import Lines, lines_of

# What a company is called besides its name; two that differ only in this are the same.
_FORMS = frozenset({"as", "asa", "sa", "ba", "da", "ans", "kf", "fkf", "hf", "rhf", "iks", "enk", "nuf", "stiftelsen"})
_LEADING = frozenset({PartyKind.LEADER, PartyKind.OWNER, PartyKind.TEAM})
# What says less than something else that was found of the same pair.
_SAID_BY = {FoundBy.LINE: (FoundBy.TEAM,), FoundBy.UNIT: (FoundBy.TEAM, FoundBy.LINE)}

Pair = tuple[UUID, UUID]


@dataclass(frozen=True)
class Found:
    """What was found of a member and an entry. Takes: detail, in a sentence."""

    ground: Ground
    detail: str


def find_conflicts(panel: Panel) -> int:
    """Propose what is known of members and who is behind entries. Run again, it proposes only what is new.

    What was proposed, never assessed and holds no longer is taken away; what the panel decided stays decided.

    Returns: how many are new.
    Effects: rows, StandingChanged for each member concerned.
    """
    with (
        transaction.atomic(),
        scope(municipality=panel.municipality_id),
        translation.override(panel.municipality.language),
    ):
        Panel.objects.select_for_update().get(pk=panel.pk)
        found = _found(panel)
        known = {
            (row.member_id, row.entry_id, row.found_by): row
            for row in Conflict.objects.filter(member__panel=panel, member__left_at=None).exclude(
                found_by=FoundBy.DECLARED
            )
        }
        new = [
            Conflict(
                municipality_id=panel.municipality_id,
                member_id=member_id,
                entry_id=entry_id,
                found_by=found_by,
                ground=each.ground,
                detail=each.detail[:1000],
            )
            for (member_id, entry_id), by in found.items()
            for found_by, each in by.items()
            if (member_id, entry_id, found_by) not in known
        ]
        Conflict.objects.bulk_create(new)
        gone = [
            row for (member_id, entry_id, by), row in known.items() if by not in found.get((member_id, entry_id), {})
        ]
        left = _drop_never_assessed(gone)
        for member_id in sorted({row.member_id for row in (*new, *left)}):
            events.publish(
                StandingChanged(panel_id=panel.pk, municipality_id=panel.municipality_id, member_id=member_id)
            )
    return len(new)


def same_name(name: str) -> str:
    """A name of an organisation as it is compared: without case, signs and form of company; "" for none."""
    words = re.sub(r"[^\w\s]", " ", name.casefold()).split()
    return " ".join(word for word in words if word not in _FORMS)


def _drop_never_assessed(gone: list[Conflict]) -> list[Conflict]:
    assessed = set(Assessment.objects.filter(conflict__in=gone).values_list("conflict_id", flat=True))
    dropped = [row for row in gone if row.state == ConflictState.OPEN and row.pk not in assessed]
    Conflict.objects.filter(pk__in=[row.pk for row in dropped]).delete()
    return dropped


def _found(panel: Panel) -> Mapping[Pair, Mapping[str, Found]]:
    """By member and entry: what was found, by how."""
    members = list(Member.objects.present().filter(panel=panel).select_related("user"))
    entries = Entry.objects.judged().filter(panel=panel)
    parties = list(Party.objects.filter(entry__in=entries).select_related("user", "unit"))
    people = {member.user_id for member in members} | {party.user_id for party in parties}
    lines = lines_of((each for each in people if each is not None), municipality_id=panel.municipality_id)
    found: dict[Pair, dict[str, Found]] = {}
    for member in members:
        for party in parties:
            for by, each in _of_party(member, party, lines):
                found.setdefault((member.pk, party.entry_id), {}).setdefault(by, each)
    for member, entry_id, each in _derived(panel, members, lines):
        found.setdefault((member.pk, entry_id), {})[FoundBy.DERIVED] = each
    return {
        pair: {name: each for name, each in by.items() if not any(more in by for more in _SAID_BY.get(name, ()))}  # type: ignore[call-overload]
        for pair, by in found.items()
    }


def _of_party(member: Member, party: Party, lines: Lines) -> Iterator[tuple[str, Found]]:
    if party.user is not None:
        yield from _of_person(member, party, lines)
    elif party.unit is not None:
        if member.user_id is not None and party.unit_id in lines.units.get(member.user_id, ()):
            yield FoundBy.UNIT, Found(Ground.OTHER, _("Works in %(unit)s.") % {"unit": party.unit.name})
    elif member.employer and same_name(member.employer) == same_name(party.name) != "":
        by = FoundBy.PARTNER if party.kind == PartyKind.PARTNER else FoundBy.EMPLOYER
        words = (
            _("Works for %(name)s, a partner.")
            if by == FoundBy.PARTNER
            else _("Works for %(name)s, which is behind it.")
        )
        yield by, Found(Ground.OTHER, words % {"name": party.name})


def _of_person(member: Member, party: Party, lines: Lines) -> Iterator[tuple[str, Found]]:
    name = party.user.name if party.user else ""
    if member.user_id == party.user_id:
        ground = Ground.PARTY if party.kind in _LEADING else Ground.OTHER
        yield FoundBy.TEAM, Found(ground, _("Is behind it: %(how)s.") % {"how": party.get_kind_display()})
        return
    if lines.is_led_by(member.user_id, party.user_id):
        yield FoundBy.LINE, Found(Ground.SUBORDINATE, _("Is led by %(name)s, who is behind it.") % {"name": name})
    elif lines.is_led_by(party.user_id, member.user_id):
        yield FoundBy.LINE, Found(Ground.OTHER, _("Leads %(name)s, who is behind it.") % {"name": name})
    if party.kind == PartyKind.COACH:
        # A coach follows many teams and pitches for none: a colleague of the coach has no stake in them.
        return
    units = lines.units.get(member.user_id, frozenset()) if member.user_id else frozenset()
    if units & lines.units.get(party.user_id, frozenset()):  # type: ignore[arg-type]
        yield FoundBy.UNIT, Found(Ground.OTHER, _("Works in the same unit as %(name)s.") % {"name": name})


def _derived(panel: Panel, members: list[Member], lines: Lines) -> Iterator[tuple[Member, UUID, Found]]:
    """Members whose leader is disqualified on a ground of the leader's own."""
    barred = (
        Conflict.objects.filter(member__panel=panel, state=ConflictState.CONFIRMED)
        .exclude(ground=Ground.SUBORDINATE)
        .select_related("member__user")
    )
    for conflict in barred:
        leader = conflict.member.user
        for member in members:
            if leader is not None and lines.is_led_by(member.user_id, leader.pk):
                words = _("Is led by %(name)s, who is disqualified.") % {"name": leader.name}
                yield member, conflict.entry_id, Found(Ground.SUBORDINATE, words)
