"""Makes pitch days: the day, its panel, a slot for each team, and the order."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.juries.models import PartyKind
from grobunn.juries.packaged import packaged_criteria
from grobunn.juries.services.composing import EntryGiven, PartyGiven, hand_in, make_panel, use_criteria, withdraw
from grobunn.juries.services.setting import meet_on_day
from grobunn.juries.states import PanelState
from grobunn.kernel import events, ids, permissions, slugs, statemachine
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import SomebodyWasFirst, TransitionRefused
from grobunn.pitching.events import DayMoved
from grobunn.pitching.live import tell_room
from grobunn.pitching.models import PitchDay, Proposal, Slot
from grobunn.pitching.states import DAY_MACHINE, DAY_MESSAGES, DayState, SlotState
from grobunn.programmes.models import Cohort, Team, TeamMember

# What a team's entry is called among the entries of panels.
SLOT_KIND = "pitch-slot"
RESERVED_SLUGS = frozenset({"ny"})
# An entry may be written anew until the panel has begun to score.
_OPEN = (PanelState.PREPARING, PanelState.DECLARING)
_WHEN_AND_WHERE = ("on", "starts", "place", "video_url")


class OrderIsSet(TransitionRefused):
    """The order is not changed any more: the day has ended."""


def make_day(cohort: Cohort, *, name: str, actor: Actor, key: UUID | None = None, **fields: Any) -> PitchDay:
    """Make a pitch day of a cohort: its teams get a slot each, in the order of their names, and a panel is made.

    Sent twice with the same key, it is made once.

    Takes:   fields, of `PitchDay`: on, starts, place, video_url, pitch_minutes, question_minutes, takes_questions.
    Raises:  PermissionDenied.
    Effects: rows, history, a panel with the criteria of a pitch and an entry for each team.
    """
    municipality = cohort.municipality
    permissions.check("pitching.make", actor, municipality)
    with transaction.atomic(), scope(municipality=municipality.pk):
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        known = PitchDay.objects.filter(key=key).first() if key else None
        if known is not None:
            return known
        taken = set(PitchDay.objects.values_list("slug", flat=True))
        start = slugs.beginning(name, length=60, otherwise="pitchdag")
        day = PitchDay.objects.create(
            id=ids.new_id(),
            municipality=municipality,
            cohort=cohort,
            name=name.strip(),
            slug=slugs.free(start, taken=taken, reserved=RESERVED_SLUGS),
            key=key,
            made_by_id=actor.pk,
            is_synthetic=fields.pop("is_synthetic", cohort.is_synthetic),
            **fields,
        )
        statemachine.record_change(DAY_MACHINE, day, edge_name="create", to_state=day.state, actor=actor)
        panel = make_panel(
            municipality,
            name=day.name,
            actor=actor,
            occasion=("pitch", day.pk),
            meets_on=day.on,
            is_synthetic=day.is_synthetic,
        )
        language = "nn" if municipality.language_form == "nn" else "nb"
        criteria = packaged_criteria("pitch", language)
        if criteria is not None:
            use_criteria(panel, criteria, actor=actor)
        day.panel = panel
        day.save(update_fields=["panel"])
        take_in_teams(day, actor=actor)
    return day


def change_day(day: PitchDay, *, actor: Actor, version: int, **fields: Any) -> None:
    """Change what a day is called, when and where it is, and how long a pitch takes. Its panel meets on the same day.

    Raises:  SomebodyWasFirst; PermissionDenied.
    Effects: rows, DayMoved if it is at another time or place.
    """
    permissions.check("pitching.make", actor, day)
    with transaction.atomic(), scope(municipality=day.municipality_id):
        was = PitchDay.objects.select_related("panel").get(pk=day.pk)
        if not PitchDay.objects.filter(pk=day.pk, version=version).update(version=version + 1, **fields):
            raise SomebodyWasFirst(DAY_MESSAGES.somebody_was_first)
        if was.panel is not None:
            meet_on_day(was.panel, was=was.on, now=fields.get("on", was.on))
        if any(fields.get(name, getattr(was, name)) != getattr(was, name) for name in _WHEN_AND_WHERE):
            events.publish(
                DayMoved(
                    day_id=day.pk,
                    municipality_id=day.municipality_id,
                    was_on=was.on,
                    had_started_at=f"{was.starts:%H:%M}",
                    was_at=was.place,
                    had_video_url=was.video_url,
                    actor_id=actor.pk,
                )
            )


def take_in_teams(day: PitchDay, *, actor: Actor) -> list[Slot]:
    """Give every team of the cohort that has none a slot at the end, and the panel the entries as they are now.

    A team that was dissolved loses its slot while nobody has pitched from it.

    Raises:  PermissionDenied.
    Effects: rows, entries with the parties behind them.
    Returns: the new slots.
    """
    permissions.check("pitching.run", actor, day)
    with transaction.atomic(), scope(municipality=day.municipality_id):
        PitchDay.objects.select_for_update().get(pk=day.pk)
        gone = Slot.objects.filter(day=day, team__dissolved_at__isnull=False, state=SlotState.WAITING)
        for slot in gone.select_related("entry__panel"):
            if slot.entry is not None:
                withdraw(slot.entry, actor=actor)
            slot.delete()
        there = list(Slot.objects.filter(day=day))
        last = max((slot.position for slot in there), default=0)
        teams = Team.objects.filter(cohort=day.cohort_id, dissolved_at=None)
        new = teams.exclude(pk__in=[slot.team_id for slot in there]).order_by("name", "id")
        made = [
            Slot.objects.create(
                id=ids.new_id(), municipality_id=day.municipality_id, day=day, team=team, position=last + number
            )
            for number, team in enumerate(new, start=1)
        ]
        hand_in_proposals(day, actor=actor)
    return made


def hand_in_proposals(day: PitchDay, *, actor: Actor) -> bool:
    """Give the panel what the teams have written, as it is now; nothing once it has begun to score.

    Returns: whether the panel still takes it.
    """
    panel = day.panel
    if panel is None or panel.state not in _OPEN:
        return False
    with transaction.atomic(), scope(municipality=day.municipality_id):
        slots = list(Slot.objects.filter(day=day).select_related("team__idea__unit").order_by("position"))
        written = {each.slot_id: each for each in Proposal.objects.filter(slot__in=slots).select_related("owner")}
        members = TeamMember.objects.filter(team__in=[slot.team_id for slot in slots])
        by_team: dict[UUID, list[TeamMember]] = {}
        for member in members.select_related("enrolment__user"):
            by_team.setdefault(member.team_id, []).append(member)
        given = [_entry(slot, written.get(slot.pk), by_team.get(slot.team_id, [])) for slot in slots]
        for slot, entry in zip(slots, hand_in(panel, given, actor=actor), strict=True):
            Slot.objects.filter(pk=slot.pk, entry=None).update(entry=entry)
    return True


def put_in_order(day: PitchDay, *, slot_ids: Sequence[UUID], actor: Actor) -> None:
    """Set the order of the day. Slots that are not named come after those that are, as they were.

    Raises: OrderIsSet when the day has ended; PermissionDenied.
    Effects: positions; whoever follows the day sees it.
    """
    permissions.check("pitching.run", actor, day)
    with transaction.atomic(), scope(municipality=day.municipality_id):
        now = PitchDay.objects.select_for_update().get(pk=day.pk)
        if now.state not in (DayState.PLANNED, DayState.RUNNING):
            raise OrderIsSet(_("The day is over: its order is not changed any more."))
        slots = {slot.pk: slot for slot in Slot.objects.filter(day=day).order_by("position")}
        named = [slots[each] for each in dict.fromkeys(slot_ids) if each in slots]
        rest = [slot for slot in slots.values() if slot not in named]
        for position, slot in enumerate([*named, *rest], start=1):
            if slot.position != position:
                Slot.objects.filter(pk=slot.pk).update(position=position)
        tell_room(day.pk)


def move(slot: Slot, *, by: int, actor: Actor) -> None:
    """Move a slot so many places later (below 0: earlier). Raises and effects: as `put_in_order`."""
    with transaction.atomic(), scope(municipality=slot.municipality_id):
        PitchDay.objects.select_for_update().get(pk=slot.day_id)
        order = list(Slot.objects.filter(day=slot.day_id).order_by("position").values_list("pk", flat=True))
        place = order.index(slot.pk)
        order.insert(max(0, min(len(order) - 1, place + by)), order.pop(place))
        put_in_order(slot.day, slot_ids=order, actor=actor)


def _entry(slot: Slot, proposal: Proposal | None, members: list[TeamMember]) -> EntryGiven:
    team = slot.team
    title = (proposal.title if proposal else "") or (team.idea.heading if team.idea else team.name)
    return EntryGiven(
        title=title,
        text=_text(team, proposal),
        source=(SLOT_KIND, slot.pk),
        parties=_parties(team, proposal, members),
        is_synthetic=team.is_synthetic,
    )


def _text(team: Team, proposal: Proposal | None) -> str:
    """What the panel reads, as Markdown."""
    parts = [f"**{team.name}**"]
    if proposal is not None:
        parts += [proposal.summary, proposal.hypothesis, proposal.milestone]
    elif team.idea is not None:
        parts.append(team.idea.text)
    return "\n\n".join(part for part in parts if part)


def _parties(team: Team, proposal: Proposal | None, members: list[TeamMember]) -> list[PartyGiven]:
    """Who is behind a pitch: the team, whoever leads it, who coaches it, who would own it, and the units."""
    found = [
        PartyGiven(
            PartyKind.LEADER if member.is_lead else PartyKind.TEAM,
            user=member.enrolment.user,
            name="" if member.enrolment.user else member.enrolment.name,
        )
        for member in members
    ]
    if team.coach is not None:
        found.append(PartyGiven(PartyKind.COACH, user=team.coach))
    if proposal is not None and proposal.owner is not None:
        found.append(PartyGiven(PartyKind.OWNER, user=proposal.owner))
    units = {team.unit, team.idea.unit if team.idea else None, proposal.unit if proposal else None}
    units |= {member.enrolment.unit for member in members if member.enrolment.unit_id}
    return [*found, *(PartyGiven(PartyKind.UNIT, unit=unit) for unit in units if unit is not None)]
