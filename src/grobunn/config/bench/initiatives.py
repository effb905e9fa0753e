"""Much made-up work for the benchmark: initiatives of a hundred units in every stage, and what they hold."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice
from random import Random
from typing import Any

from django.db import transaction
from django_scopes import scope

from grobunn.capacity.kinds import Kind
from grobunn.capacity.models import Declaration, Reservation, Source
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.config.bench.texts import Texts
from grobunn.ideas.models import Idea
from grobunn.ideas.states import IdeaState
from grobunn.initiatives.models import Feed, Initiative, Milestone, NumberSeries, Report, Signal
from grobunn.initiatives.services.start import SORT
from grobunn.initiatives.states import FINISHED, MACHINE, InitiativeState
from grobunn.kernel import bulk, clock
from grobunn.kernel.actors import SYSTEM
from grobunn.kernel.models import ActorKind, StateChange
from grobunn.methods.queries import method_of
from grobunn.methods.shapes import Method
from grobunn.methods.stages import Stage
from grobunn.organisations.models import LEADER_LINE, Municipality, Role, RoleAssignment, Unit
from grobunn.organisations.queries import open_units
from grobunn.organisations.services.units import add_unit

UNITS = 100
_BATCH = 1000
_SEED = 12
_SPREAD_DAYS = 3 * 365
_KINDS = (Kind.PROJECT_LEAD, Kind.IT, Kind.PROCUREMENT, Kind.LEGAL, Kind.COMMUNICATION, Kind.FACILITATOR)
_QUARTERS_BACK, _QUARTERS_ON = 12, 4
_DECLARED = Decimal(1_000_000)
_METHODS = ("veikart", "prosjektveiviseren", "trippel-diamant")


def add_initiatives(count: int, *, slug: str, places: Sequence[str]) -> None:
    """Let a municipality have so many initiatives. Takes: places, names that texts mention. Effects: rows."""
    municipality = Municipality.objects.get(slug=slug)
    with scope(municipality=municipality.pk):
        made = _Work(municipality, texts=Texts(seed=_SEED, places=places)).make(count)
        while batch := list(islice(made, _BATCH)):
            with transaction.atomic():
                for number in range(len(batch[0])):
                    bulk.insert_many([row for rows in batch for row in rows[number]])
        series, _made = NumberSeries.objects.get_or_create(municipality=municipality)
        series.last += count
        series.save(update_fields=["last"])


class _Work:
    """Initiatives of one municipality with what belongs to each."""

    def __init__(self, municipality: Municipality, *, texts: Texts) -> None:
        self._municipality, self._texts = municipality, texts
        self._pick = Random(_SEED)  # noqa: S311 -- nothing secret: the same installation every time
        self._units = _units(municipality)
        self._sources = [_source(municipality, unit, kind) for unit in self._units[:10] for kind in _KINDS]
        self._owners = list(
            RoleAssignment.objects.filter(role__in=LEADER_LINE).select_related("user", "unit").order_by("pk")
        )
        self._methods = [_method(municipality, key) for key in _METHODS]
        fed = Feed.objects.values("idea_id")
        started = Idea.objects.filter(state=IdeaState.STARTED).exclude(pk__in=fed).order_by("pk")
        self._ideas = iter(list(started.values_list("pk", flat=True)))
        self._number = (
            NumberSeries.objects.filter(municipality=municipality).values_list("last", flat=True).first() or 0
        )

    def make(self, count: int) -> Iterator[tuple[Sequence[Any], ...]]:
        """As many initiatives, each with its milestones, reports, history, reservations and the idea behind it."""
        for _ in range(count):
            initiative = self._initiative()
            yield (
                [initiative],
                self._milestones(initiative),
                self._reports(initiative),
                self._changes(initiative),
                self._reservations(initiative),
                self._feeds(initiative),
            )

    def _initiative(self) -> Initiative:
        pick, method = self._pick, self._pick.choice(self._methods)
        phase, owner = pick.choice(method.phases), pick.choice(self._owners)
        at = clock.now() - timedelta(days=pick.randrange(20, _SPREAD_DAYS))
        since = at + (clock.now() - at) * pick.uniform(0.1, 0.9)
        state = pick.choices(InitiativeState.values, weights=[70, 8, 14, 8])[0]
        text = self._texts.next(self._municipality.language, unit="")
        self._number += 1
        return Initiative(
            municipality=self._municipality,
            reference=f"{self._municipality.slug}-i{self._number}",
            state=state,
            state_since=since,
            title=text.title[:120],
            summary=text.text[:600],
            hypothesis=text.text[:200],
            unit=pick.choice(self._units),
            started_at=at,
            first_quarter_on=Quarter.of(at.date()).first_day,
            is_synthetic=True,
            owner=owner.user,
            owner_role=owner.role,
            owner_unit=owner.unit,
            method=method.key,
            method_edition=method.edition,
            phase=phase.key,
            stage=Stage.OPERATE if state == InitiativeState.OPERATING else phase.stage,
            stage_since=since,
            signal=pick.choices(Signal.values, weights=[75, 17, 8])[0],
            status=text.title[:200],
            status_at=since,
            report_due_on=clock.today() + timedelta(days=pick.randrange(-20, 40)),
            **self._end(state, since, owner),
        )

    def _end(self, state: str, since: datetime, owner: RoleAssignment) -> dict[str, Any]:
        if state == InitiativeState.PAUSED:
            return {"paused_until": clock.today() + timedelta(days=60)}
        if state == InitiativeState.OPERATING:
            runs = {"runs_role": Role.UNIT_LEADER, "runs_unit": owner.unit, "operates_since": since.date()}
            return {**runs, "ended_at": since}
        if state == InitiativeState.LEARNED:
            return {"tried": "Vi prøvde det i to måneder.", "learned": "Nettet måtte bygges først.", "ended_at": since}
        return {}

    def _milestones(self, initiative: Initiative) -> list[Milestone]:
        due = (initiative.started_at + timedelta(days=60)).date()
        made = {"municipality": self._municipality, "initiative": initiative}
        return [
            Milestone(title="Prøvd på ett sted", due_on=due, reached_on=due, **made),
            Milestone(title="I bruk overalt", due_on=due + timedelta(days=200), **made),
        ]

    def _reports(self, initiative: Initiative) -> list[Report]:
        return [
            Report(
                municipality=self._municipality,
                initiative=initiative,
                due_on=(initiative.started_at + timedelta(weeks=4 * number)).date(),
                done="Vi har spurt fem som gjør det hver dag.",
                next="Prøve det i to uker.",
                signal=Signal.GOOD,
                status="I rute.",
                made_at=initiative.started_at + timedelta(weeks=4 * number),
            )
            for number in (1, 2)
        ]

    def _changes(self, initiative: Initiative) -> list[StateChange]:
        """That it began, and how it came to where it is."""
        begun = self._change(initiative, "create", at=initiative.started_at, data={"stage": initiative.stage})
        ends = {
            InitiativeState.PAUSED: "pause",
            InitiativeState.OPERATING: "put_in_operation",
            InitiativeState.LEARNED: "finish_learned",
        }
        edge = ends.get(InitiativeState(initiative.state), "change_phase")
        data = {"method": initiative.method, "phase": initiative.phase, "to_phase": initiative.phase}
        return [begun, self._change(initiative, edge, at=initiative.state_since, data=data)]

    def _change(self, initiative: Initiative, edge: str, *, at: datetime, data: dict[str, Any]) -> StateChange:
        return StateChange(
            machine=MACHINE.name,
            subject_id=initiative.pk,
            municipality_id=initiative.municipality_id,
            edge=edge,
            from_state="" if edge == "create" else InitiativeState.UNDERWAY,
            to_state=InitiativeState.UNDERWAY if edge == "create" else initiative.state,
            actor_id=initiative.owner_id,
            actor_kind=ActorKind.USER,
            reason="Det er plass til det, og noen som eier det.",
            data=data,
            at=at,
        )

    def _reservations(self, initiative: Initiative) -> list[Reservation]:
        first = Quarter.of(initiative.first_quarter_on)
        last = first + 2 if initiative.state in FINISHED else Quarter.now() + 1
        return [
            Reservation(
                municipality=self._municipality,
                source=source,
                quarter_on=quarter.first_day,
                claim_sort=SORT,
                claim_id=initiative.pk,
                amount=Decimal(self._pick.randrange(10, 80)),
            )
            for source in self._pick.sample(self._sources, 2)
            for quarter in quarters_from(max(first, last + (-3)), min(4, last - first + 1))
        ]

    def _feeds(self, initiative: Initiative) -> list[Feed]:
        idea_id = next(self._ideas, None)
        if idea_id is None:
            return []
        return [Feed(municipality=self._municipality, initiative=initiative, idea_id=idea_id)]


def _units(municipality: Municipality) -> list[Unit]:
    """A hundred more units, spread below those that there are."""
    parents = list(open_units(municipality.pk))
    return [
        add_unit(
            municipality, actor=SYSTEM, name=f"Måleenhet {number + 1}", parent=parents[number % len(parents)],
            is_synthetic=True,
        )
        for number in range(UNITS)
    ]  # fmt: skip


def _source(municipality: Municipality, unit: Unit, kind: str) -> Source:
    source = Source.objects.create(
        municipality=municipality, unit=unit, kind=kind, name=str(Kind(kind).label), is_shared=True, is_synthetic=True
    )
    first = Quarter.now() + (-_QUARTERS_BACK - 1)
    Declaration.objects.bulk_create(
        Declaration(municipality=municipality, source=source, quarter_on=quarter.first_day, amount=_DECLARED)
        for quarter in quarters_from(first, _QUARTERS_BACK + _QUARTERS_ON + 2)
    )
    return source


def _method(municipality: Municipality, key: str) -> Method:
    method = method_of(municipality.pk, key)
    assert method is not None  # noqa: S101 -- it comes with Grobunn
    return method
