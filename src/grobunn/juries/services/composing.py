"""Makes a panel: its members, criteria and entries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.juries.events import StandingChanged
from grobunn.juries.models import Criterion, Entry, Member, NumberSeries, Panel, Party, PartyKind
from grobunn.juries.services.conflicts import find_conflicts
from grobunn.juries.shapes import Criteria
from grobunn.juries.states import MACHINE, PanelPart, PanelState
from grobunn.kernel import clock, events, ids, permissions, statemachine
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.models import Municipality, Unit


class CompositionClosed(TransitionRefused):
    """Members, criteria and entries are not changed any more: people have begun to score."""


@dataclass(frozen=True)
class PartyGiven:
    """Somebody or something behind an entry. Takes: one of user, unit or name."""

    kind: PartyKind
    user: User | None = None
    unit: Unit | None = None
    name: str = ""


@dataclass(frozen=True)
class EntryGiven:
    """What a feature hands in to be judged. Takes: source, kind and id of the thing behind it; text, Markdown."""

    title: str
    text: str = ""
    source: tuple[str, UUID] | None = None
    topics: Sequence[str] = ()
    parties: Sequence[PartyGiven] = ()
    is_synthetic: bool = False


def make_panel(
    municipality: Municipality,
    *,
    name: str,
    actor: Actor,
    occasion: tuple[str, UUID | None] = ("assessment", None),
    key: UUID | None = None,
    **fields: Any,
) -> Panel:
    """Make a panel. Sent twice with the same key, or for the same occasion, it is made once.

    Takes:   fields, of `Panel`: purpose, meets_on, scores_due_at, peek, is_pairwise, is_synthetic.
    Raises:  PermissionDenied.
    Effects: row, history, audit.
    """
    permissions.check("juries.make", actor, municipality)
    code, occasion_id = occasion
    with transaction.atomic(), scope(municipality=municipality.pk):
        series, _made = NumberSeries.objects.get_or_create(municipality=municipality)
        series = NumberSeries.objects.select_for_update().get(pk=series.pk)
        known = Panel.objects.filter(key=key).first() if key else None
        if known is None and occasion_id is not None:
            same = Panel.objects.filter(occasion=code, occasion_id=occasion_id)
            known = same.exclude(state=PanelState.CANCELLED).first()
        if known is not None:
            return known
        series.last += 1
        series.save(update_fields=["last"])
        panel = Panel.objects.create(
            id=ids.new_id(),
            municipality=municipality,
            reference=f"{municipality.slug}-p{series.last}",
            name=name.strip(),
            occasion=code,
            occasion_id=occasion_id,
            key=key,
            made_by_id=actor.pk,
            **fields,
        )
        statemachine.record_change(MACHINE, panel, edge_name="create", to_state=panel.state, actor=actor)
    return panel


def use_criteria(panel: Panel, criteria: Criteria, *, actor: Actor) -> list[Criterion]:
    """Judge by a set: its criteria are copied, so that a later edition changes nothing here.

    Raises:  CompositionClosed; PermissionDenied.
    Effects: the criteria that were there are replaced.
    """
    permissions.check("juries.run", actor, panel)
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, PanelState.PREPARING)
        Criterion.objects.filter(panel=panel).delete()
        made = Criterion.objects.bulk_create(
            Criterion(
                municipality_id=panel.municipality_id,
                panel=panel,
                position=position,
                code=each.code,
                name=each.name,
                question=each.question,
                weight=each.weight,
                levels=[{"value": level.value, "text": level.text} for level in each.levels],
            )
            for position, each in enumerate(criteria.criteria)
        )
        panel.criteria_set, panel.criteria_edition = criteria.key, criteria.edition
        panel.save(update_fields=["criteria_set", "criteria_edition"])
    return made


def add_member(panel: Panel, user: User, *, actor: Actor, part: str = PanelPart.MEMBER, **fields: Any) -> Member:
    """Take somebody onto a panel; who is on it already gets the part named. Who comes late declares first, too.

    Takes:   fields, of `Member`: title, employer, is_senior, expertise, most_entries.
    Raises:  CompositionClosed; PermissionDenied; IntegrityError for a second chair.
    Effects: row, StandingChanged.
    """
    permissions.check("juries.run", actor, panel)
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, PanelState.PREPARING, PanelState.DECLARING, PanelState.SCORING)
        member, _made = Member.objects.update_or_create(
            panel=panel,
            user=user,
            left_at=None,
            defaults={"part": part, "municipality_id": panel.municipality_id, **fields},
        )
        _changed(panel, member)
        find_conflicts(panel)
    return member


def remove_member(member: Member, *, actor: Actor) -> None:
    """Take somebody off a panel; what they gave stays in the record and does not count. Repeated, it does nothing.

    Raises:  CompositionClosed; PermissionDenied.
    Effects: row, StandingChanged.
    """
    panel = member.panel
    permissions.check("juries.run", actor, panel)
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, PanelState.PREPARING, PanelState.DECLARING, PanelState.SCORING)
        Member.objects.present().filter(pk=member.pk).update(left_at=clock.now())
        _changed(panel, member)


def hand_in(panel: Panel, entries: Iterable[EntryGiven], *, actor: Actor) -> list[Entry]:
    """Hand in what is to be judged; what has come from the same source already is written anew.

    Raises:  CompositionClosed; PermissionDenied.
    Effects: rows, their parties. Members declare for what is new before they may open anything again.
    """
    permissions.check("juries.run", actor, panel)
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, PanelState.PREPARING, PanelState.DECLARING)
        last = Entry.objects.filter(panel=panel).aggregate(last=Max("position"))["last"]
        first = 0 if last is None else last + 1
        written = [_written(panel, given, position=first + number) for number, given in enumerate(entries)]
        find_conflicts(panel)
    return written


def withdraw(entry: Entry, *, actor: Actor) -> None:
    """Take an entry out: it is not judged. Repeated, it does nothing. Raises: CompositionClosed; PermissionDenied."""
    panel = entry.panel
    permissions.check("juries.run", actor, panel)
    with transaction.atomic(), scope(municipality=panel.municipality_id):
        locked(panel, PanelState.PREPARING, PanelState.DECLARING, PanelState.SCORING, PanelState.DISCUSSING)
        Entry.objects.judged().filter(pk=entry.pk).update(withdrawn_at=clock.now())


def set_parties(entry: Entry, parties: Iterable[PartyGiven]) -> None:
    """Say who and what is behind an entry, in place of what was said. Whoever calls it looks for conflicts again."""
    Party.objects.filter(entry=entry).delete()
    Party.objects.bulk_create(
        Party(
            municipality_id=entry.municipality_id,
            entry=entry,
            kind=each.kind,
            user=each.user,
            unit=each.unit,
            name=each.name.strip(),
        )
        for each in parties
    )


def locked(panel: Panel, *states: PanelState) -> Panel:
    """Make the panel's steps wait, and see that it is still in one of some states. Raises: CompositionClosed."""
    state = Panel.objects.select_for_update().values_list("state", flat=True).get(pk=panel.pk)
    if state not in states:
        raise CompositionClosed(_("That is closed now: the panel has come further. Look at its page."))
    return panel


def _written(panel: Panel, given: EntryGiven, *, position: int) -> Entry:
    kind, source_id = given.source or ("", None)
    fields = {
        "title": given.title.strip(),
        "text": given.text,
        "topics": list(given.topics),
        "is_synthetic": given.is_synthetic,
        "withdrawn_at": None,
    }
    known = Entry.objects.filter(panel=panel, source_kind=kind, source_id=source_id).first() if source_id else None
    if known is None:
        entry = Entry.objects.create(
            municipality_id=panel.municipality_id,
            panel=panel,
            position=position,
            source_kind=kind,
            source_id=source_id,
            **fields,
        )
    else:
        entry = known
        Entry.objects.filter(pk=entry.pk).update(**fields)
    set_parties(entry, given.parties)
    return entry


def _changed(panel: Panel, member: Member) -> None:
    panel.__dict__.pop("_member_of", None)
    events.publish(StandingChanged(panel_id=panel.pk, municipality_id=panel.municipality_id, member_id=member.pk))
