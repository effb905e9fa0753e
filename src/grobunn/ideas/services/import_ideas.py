"""Taking over many ideas from elsewhere: kept with their states, without a notice to anybody, safe to repeat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from grobunn.ideas.models import Idea, RoutingRule, Source
from grobunn.ideas.services.imported import ImportedIdea, Outcome, Refusal
from grobunn.ideas.services.promise import new_promise
from grobunn.ideas.services.routing import Route, receiver_of
from grobunn.ideas.services.submit import holder_fields, route_as_data
from grobunn.ideas.states import AWAITING_ANSWER, MACHINE, IdeaState
from grobunn.kernel import audit, bulk, clock
from grobunn.kernel.actors import SYSTEM
from grobunn.kernel.models import ActorKind, StateChange
from grobunn.organisations.models import Municipality, MunicipalityKind, Unit
from grobunn.organisations.queries import Holder, holder_of, linked_units
from grobunn.search import services as search

# Steps that an import makes; any other means that somebody here has worked on the idea.
_IMPORT_EDGES = ("create", "import")
_WORDS = ("title", "text", "kind", "visibility", "unit_id", "language", "is_synthetic")
_CLOSING = ("parked_until", "parked_condition", "solution")
_MENDED = ("version", "submitted_at", "state_since", "state", "merged_into_id", *_WORDS, *_CLOSING)


@dataclass(frozen=True, slots=True)
class _Known:
    """An idea that is here already; digest and is_untouched of one that was imported."""

    id: UUID
    version: int
    digest: str | None = None
    is_untouched: bool = False


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The rows of a batch by what is to be done with them."""

    new: list[ImportedIdea]
    changed: list[tuple[ImportedIdea, _Known]]
    known: Mapping[str, _Known]


class IdeaImport:
    """One import into one municipality, batch by batch; what all batches need is read once."""

    def __init__(self, municipality: Municipality) -> None:
        rules = RoutingRule.objects.filter(municipality=municipality).order_by("position")
        self._municipality = municipality
        self._rules = list(rules.select_related("receiver_unit"))
        self._units = linked_units(municipality.pk)
        self._holders: dict[tuple[str, UUID | None], Holder] = {}
        # An open archive has nobody who answers: its ideas promise nothing.
        is_archive = municipality.kind == MunicipalityKind.ARCHIVE
        self._promise = {} if is_archive else new_promise(municipality, on=clock.today()).as_fields()

    def keep(self, rows: Sequence[ImportedIdea]) -> Outcome:
        """Keep a batch of rows in one transaction.

        Takes:   rows whose external ids differ; a merged one in a later batch than the one that it was merged into.
        Returns: what became of them. A row that is here as it was imported is unchanged; one that has been worked on
                 here since is refused if the file says something new.
        Effects: rows, history, audit, a job for search; no event: nobody is told.
        """
        outcome = Outcome()
        with transaction.atomic():
            # One import at a time, and those who send an idea meanwhile wait for their number.
            Municipality.objects.select_for_update(no_key=True).only("pk").get(pk=self._municipality.pk)
            batch = self._sort(rows, outcome)
            made, steps = self._make(batch)
            mended, more_steps = self._mend(batch, outcome)
            bulk.insert_many(made)
            Idea.objects.bulk_update(mended, [*_MENDED, *self._promise])
            bulk.insert_many([*steps, *more_steps])
            search.index_many("idea", [idea.pk for idea in (*made, *mended)])
            outcome.new, outcome.changed = len(made), len(mended)
            if made or mended:
                counts = {"new": outcome.new, "changed": outcome.changed}
                audit.record("ideas.import", actor=SYSTEM, municipality_id=self._municipality.pk, data=counts)
        return outcome

    def preview(self, rows: Sequence[ImportedIdea]) -> Outcome:
        """What would become of rows. Effects: none."""
        outcome = Outcome()
        batch = self._sort(rows, outcome)
        outcome.new, outcome.changed = len(batch.new), len(batch.changed)
        return outcome

    def _sort(self, rows: Sequence[ImportedIdea], outcome: Outcome) -> _Sorted:
        known = self._known(rows)
        batch = _Sorted(new=[], changed=[], known=known)
        for row in rows:
            found = known.get(row.external_id) or known.get(row.reference)
            if found is None:
                batch.new.append(row)
            elif found.digest in (None, row.digest()):
                outcome.unchanged += 1
            elif found.is_untouched:
                batch.changed.append((row, found))
            else:
                outcome.refused.append(_worked_on(row))
        return batch

    def _known(self, rows: Sequence[ImportedIdea]) -> dict[str, _Known]:
        """What is here of the rows and of what they were merged into, by external id and by reference."""
        names = {name for row in rows for name in (row.external_id, row.reference, row.merged_into) if name}
        here = Idea.objects.filter(municipality=self._municipality)
        found = list(
            here.filter(Q(external_id__in=names) | Q(reference__in=names)).values_list(
                "pk", "external_id", "reference", "version", "source"
            )
        )
        imported = _imports_of([pk for pk, *_names, source in found if source == Source.IMPORT])
        known: dict[str, _Known] = {}
        for pk, external_id, reference, version, source in found:
            digest, is_untouched = imported.get(pk, ("", False)) if source == Source.IMPORT else (None, False)
            each = _Known(id=pk, version=version, digest=digest, is_untouched=is_untouched)
            known |= {name: each for name in (external_id, reference) if name}
        return known

    def _make(self, batch: _Sorted) -> tuple[list[Idea], list[StateChange]]:
        ideas: list[Idea] = []
        steps: list[StateChange] = []
        for row, number in zip(batch.new, self._next_numbers(len(batch.new)), strict=True):
            route = self._route(row)
            idea = Idea(
                municipality=self._municipality,
                reference=f"{self._municipality.slug}-{number}",
                external_id=row.external_id,
                source=Source.IMPORT,
                submitted_at=row.submitted_at or clock.now(),
                state_since=row.state_since or row.submitted_at or clock.now(),
                rule=route.rule,
                **_words(row),
                **holder_fields(route),
                **self._state_fields(row, batch.known),
            )
            ideas.append(idea)
            steps += _first_steps(row, idea, route)
        return ideas, steps

    def _next_numbers(self, count: int) -> range:
        if not count:
            return range(0)
        here = Municipality.objects.filter(pk=self._municipality.pk)
        here.update(last_idea_number=F("last_idea_number") + count)
        last = here.values_list("last_idea_number", flat=True).get()
        return range(last - count + 1, last + 1)

    def _state_fields(self, row: ImportedIdea, known: Mapping[str, _Known]) -> dict[str, Any]:
        return {
            "state": row.state,
            **{name: getattr(row, name) for name in _CLOSING},
            "merged_into_id": known[row.merged_into].id if row.merged_into else None,
            **(self._promise if row.state in AWAITING_ANSWER else {}),
        }

    def _route(self, row: ImportedIdea) -> Route:
        unit = self._units.get(row.unit_id) if row.unit_id is not None else None
        receiver = receiver_of(self._rules, unit=unit, kind=row.kind, text=f"{row.title} {row.text}")
        return Route(rule=receiver.rule, holder=self._holder(receiver.role, receiver.unit))

    def _holder(self, role: str, unit: Unit | None) -> Holder:
        key = (role, unit.pk if unit is not None else None)
        if key not in self._holders:
            self._holders[key] = holder_of(role, unit, municipality=self._municipality)
        return self._holders[key]

    def _mend(self, batch: _Sorted, outcome: Outcome) -> tuple[list[Idea], list[StateChange]]:
        """Bring ideas that nobody has worked on up to what the file says now."""
        locked = Idea.objects.select_for_update(of=("self",)).filter(pk__in=[known.id for _row, known in batch.changed])
        by_id = {idea.pk: idea for idea in locked.select_related("municipality")} if batch.changed else {}
        ideas: list[Idea] = []
        steps: list[StateChange] = []
        for row, known in batch.changed:
            idea = by_id.get(known.id)
            if idea is None or idea.version != known.version:
                outcome.refused.append(_worked_on(row))
                continue
            steps.append(_import_step(row, idea, from_state=idea.state))
            self._take_over(idea, row, batch.known)
            ideas.append(idea)
        return ideas, steps

    def _take_over(self, idea: Idea, row: ImportedIdea, known: Mapping[str, _Known]) -> None:
        """Write a row into an idea; one that goes on waiting keeps its promised date."""
        fields = {**self._state_fields(row, known), **_words(row)}
        if idea.state in AWAITING_ANSWER and row.state in AWAITING_ANSWER:
            fields = {name: value for name, value in fields.items() if name not in self._promise}
        elif row.state not in AWAITING_ANSWER:
            fields |= dict.fromkeys(self._promise)
        submitted_at = row.submitted_at or idea.submitted_at
        state_since = row.state_since or row.submitted_at or idea.state_since
        fields |= {"version": idea.version + 1, "submitted_at": submitted_at, "state_since": state_since}
        for name, value in fields.items():
            setattr(idea, name, value)


def _words(row: ImportedIdea) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _WORDS}


def _first_steps(row: ImportedIdea, idea: Idea, route: Route) -> list[StateChange]:
    """That it was imported, and, if its life had gone on there, as what."""
    begun = row.state if row.state in AWAITING_ANSWER else IdeaState.RECEIVED
    data: dict[str, Any] = {"digest": row.digest()}
    if idea.answer_due_on is not None:
        data |= {**route_as_data(route), "due": idea.answer_due_on.isoformat()}
    steps = [_step(idea, "create", from_state="", to_state=begun, data=data)]
    if begun != row.state:
        steps.append(_import_step(row, idea, from_state=begun))
    return steps


def _import_step(row: ImportedIdea, idea: Idea, *, from_state: str) -> StateChange:
    data = {"digest": row.digest()}
    return _step(idea, "import", from_state=from_state, to_state=row.state, reason=row.reason, data=data)


def _worked_on(row: ImportedIdea) -> Refusal:
    return Refusal(row.row, "", _("The idea has been worked on here since it was imported. It is left as it is."))


def _step(
    idea: Idea, edge: str, *, from_state: str, to_state: str, data: Mapping[str, Any], reason: str = ""
) -> StateChange:
    return StateChange(
        machine=MACHINE.name,
        subject_id=idea.pk,
        municipality_id=idea.municipality_id,
        edge=edge,
        from_state=from_state,
        to_state=to_state,
        actor_kind=ActorKind.SYSTEM,
        reason=reason,
        data=dict(data),
        at=clock.now(),
    )


def _imports_of(idea_ids: Sequence[UUID]) -> dict[UUID, tuple[str, bool]]:
    """For imported ideas: the digest of the row at the last import, and whether nothing else happened since."""
    found: dict[UUID, tuple[str, bool]] = {}
    if idea_ids:
        steps = StateChange.objects.filter(subject_id__in=idea_ids).order_by("subject_id", "id")
        for idea_id, edge, data in steps.values_list("subject_id", "edge", "data"):
            digest, is_untouched = found.get(idea_id, ("", True))
            is_import = edge in _IMPORT_EDGES
            found[idea_id] = (data.get("digest", "") if is_import else digest, is_untouched and is_import)
    return found
