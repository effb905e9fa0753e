"""Fills the benchmark's installation: the demonstration as it is, then many more ideas with their lives."""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.config.bench import folder
from grobunn.config.bench.cases import add_cases
from grobunn.config.bench.demonstration import lay_out
from grobunn.config.bench.initiatives import add_initiatives
from grobunn.config.bench.lives import LEADS_TO, Life, life
from grobunn.config.bench.texts import Texts
from grobunn.discussion.models import Comment
from grobunn.ideas.models import Contact, Idea, IdeaKind, Visibility
from grobunn.ideas.services.promise import Promise, new_promise
from grobunn.ideas.services.routing import Route
from grobunn.ideas.services.submit import holder_fields, route_as_data
from grobunn.ideas.states import ANSWERS, AWAITING_ANSWER, MACHINE, IdeaState
from grobunn.kernel import bulk
from grobunn.kernel.models import ActorKind, StateChange
from grobunn.organisations.models import Municipality, Role, RoleAssignment, Unit
from grobunn.organisations.queries import holder_of, open_units
from grobunn.search.models import IndexedDocument

# The municipality that is measured has as many as all the others together.
MEASURED = "trondheim"
_OTHERS = ("baerum", "ulstein", "oygarden", "namsos", "froya")
_BATCH = 2000
_SEED = 357
_PARKED_DAYS = 120
_IDEAS_PER_INITIATIVE = 10

Tell = Callable[[str], None]


def seed(*, ideas: int, tell: Tell) -> int:
    """Fill an installation that is empty, or holds the demonstration alone.

    Takes:   ideas, how many are made besides the demonstration's; as many cases are, and a tenth as many initiatives.
    Returns: how many documents search has.
    Effects: the whole database.
    """
    lay_out(tell=tell)
    folder.begin_filling(Path(settings.DATA_DIR))
    tell(f"· {ideas:,} ideas")
    _add_ideas(ideas)
    tell(f"· {ideas:,} published cases")
    add_cases(ideas, places=place_names())
    initiatives = max(1, ideas // _IDEAS_PER_INITIATIVE)
    tell(f"· {initiatives:,} initiatives")
    add_initiatives(initiatives, slug=MEASURED, places=place_names())
    tell("· Search index")
    documents = make_index()
    tell("· Statistics of the database")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
    return documents


def make_index() -> int:
    """Index everything that can be found, from its sources. Returns: how many documents there are."""
    call_command("search", "rebuild", from_sources=True, stdout=io.StringIO())
    with scopes_disabled():
        return IndexedDocument.objects.count()


@dataclass(frozen=True)
class _Place:
    """A municipality as ideas come to it: its units, who holds what comes in there, its people."""

    municipality: Municipality
    routes: Sequence[tuple[Unit | None, Route]]
    people: Sequence[User]


class _Ideas:
    """Made-up ideas of one municipality, oldest first."""

    def __init__(self, place: _Place, *, texts: Texts, pick: Random) -> None:
        self._place = place
        self._texts = texts
        self._pick = pick
        self._promises: dict[date, Promise] = {}
        self._number = place.municipality.last_idea_number

    def make(self, count: int) -> Iterator[tuple[Idea, list[StateChange], list[Comment]]]:
        """As many ideas with their steps and what people said about them."""
        lives = sorted((life(self._pick) for _ in range(count)), key=lambda each: each.submitted_at)
        for each in lives:
            idea, route = self._idea(each)
            yield idea, self._changes(idea, each, route), self._comments(idea)

    @property
    def last_number(self) -> int:
        return self._number

    def _idea(self, lived: Life) -> tuple[Idea, Route]:
        pick, municipality = self._pick, self._place.municipality
        unit, route = pick.choice(self._place.routes)
        text = self._texts.next(municipality.language, unit=unit.name if unit else "")
        writer = pick.choice(self._place.people) if pick.random() < 0.3 else None
        self._number += 1
        idea = Idea(
            municipality_id=municipality.pk,
            reference=f"{municipality.slug}-{self._number}",
            state=lived.state,
            version=1 + len(lived.steps),
            state_since=lived.state_since,
            title=text.title if pick.random() < 0.8 else "",
            text=text.text,
            kind=pick.choice(["", *IdeaKind.values]),
            visibility=pick.choices(Visibility.values, weights=[10, 70, 20])[0],
            unit=unit,
            language=municipality.language,
            is_synthetic=True,
            submitted_at=lived.submitted_at,
            contact=Contact.ACCOUNT if writer else Contact.RECEIPT,
            writer=writer,
            **holder_fields(route),
            **self._dates(lived),
        )
        return idea, route

    def _dates(self, lived: Life) -> dict[str, Any]:
        """The promise, and what became of it."""
        came_in_on, last_on = (timezone.localdate(at) for at in (lived.submitted_at, lived.state_since))
        promise = self._promise(came_in_on)
        fields = promise.as_fields()
        if lived.state == IdeaState.ASKED:
            return {**fields, "clock_paused_on": last_on}
        if lived.steps and lived.steps[-1].edge in ANSWERS:
            fields |= {"first_answered_at": lived.state_since, "is_answered_in_time": last_on <= promise.answer_due_on}
        if lived.state == IdeaState.PARKED:
            fields["parked_until"] = last_on + timedelta(days=_PARKED_DAYS)
        if lived.state == IdeaState.SOLVED:
            fields["solution"] = "Opplæringsheftet på intranettet"
        return fields if lived.state in AWAITING_ANSWER else fields | {"remind_on": None, "escalate_on": None}

    def _promise(self, on: date) -> Promise:
        if on not in self._promises:
            self._promises[on] = new_promise(self._place.municipality, on=on)
        return self._promises[on]

    def _changes(self, idea: Idea, lived: Life, route: Route) -> list[StateChange]:
        due = {**route_as_data(route), "due": idea.answer_due_on.isoformat() if idea.answer_due_on else ""}
        created = _change(idea, "create", at=lived.submitted_at, from_state="", to_state=IdeaState.RECEIVED, data=due)
        changes, state = [created], IdeaState.RECEIVED
        by = {"by": idea.holder_role, "by_unit": route.holder.unit.name if route.holder.unit else ""}
        facts = {
            "park": {"until": idea.parked_until.isoformat() if idea.parked_until else ""},
            "solve": {"solution": idea.solution},
        }
        for step in lived.steps:
            data = {**by, **facts.get(step.edge, {})}
            reached = LEADS_TO[step.edge]
            changes.append(_change(idea, step.edge, at=step.at, from_state=state, to_state=reached, data=data))
            state = reached
        return changes

    def _comments(self, idea: Idea) -> list[Comment]:
        """Every fifth idea is talked about."""
        if self._pick.random() > 0.2:
            return []
        language = self._place.municipality.language
        return [
            Comment(
                municipality_id=idea.municipality_id,
                kind="idea",
                subject_id=idea.pk,
                author=self._pick.choice(self._place.people),
                role=Role.EMPLOYEE,
                text=self._texts.next(language, unit="").text,
                written_at=idea.state_since,
            )
            for _ in range(self._pick.randint(1, 4))
        ]


def _add_ideas(count: int) -> None:
    pick = Random(_SEED)  # noqa: S311 -- nothing secret: the same installation every time
    texts = Texts(seed=_SEED, places=place_names())
    for slug, share in _shares(count).items():
        place = _place(slug)
        ideas = _Ideas(place, texts=texts, pick=pick)
        made = ideas.make(share)
        while batch := list(islice(made, _BATCH)):
            with transaction.atomic():
                bulk.insert_many([idea for idea, _changes, _comments in batch])
                bulk.insert_many([change for _idea, changes, _comments in batch for change in changes])
                bulk.insert_many([comment for _idea, _changes, comments in batch for comment in comments])
        Municipality.objects.filter(pk=place.municipality.pk).update(last_idea_number=ideas.last_number)


def place_names() -> list[str]:
    """Names of municipalities and their centres, by letter."""
    rows = Municipality.objects.values_list("name", "centre")
    return sorted({name for row in rows for name in row if name})


def _shares(count: int) -> dict[str, int]:
    each = count // 2 // len(_OTHERS)
    return {MEASURED: count - each * len(_OTHERS), **dict.fromkeys(_OTHERS, each)}


def _place(slug: str) -> _Place:
    municipality = Municipality.objects.get(slug=slug)
    with scopes_disabled():
        here = RoleAssignment.objects.filter(municipality=municipality)
        people = list(User.objects.filter(pk__in=here.values("user_id")).order_by("email"))
    routes: list[tuple[Unit | None, Route]] = []
    for unit in (None, *open_units(municipality.pk)):
        role = Role.UNIT_LEADER if unit else Role.INNOVATION_ADVISER
        routes.append((unit, Route(rule=None, holder=holder_of(role, unit, municipality=municipality))))
    return _Place(municipality, routes, people)


def _change(idea: Idea, edge: str, *, at: Any, from_state: str, to_state: str, data: Mapping[str, Any]) -> StateChange:
    is_by_holder = edge not in {"create", "withdraw"} and idea.holder_id is not None
    actor_id = idea.holder_id if is_by_holder else idea.writer_id
    kind = ActorKind.USER if actor_id else ActorKind.ANONYMOUS if edge == "create" else ActorKind.RECEIPT
    return StateChange(
        machine=MACHINE.name,
        subject_id=idea.pk,
        municipality_id=idea.municipality_id,
        edge=edge,
        from_state=from_state,
        to_state=to_state,
        actor_id=actor_id,
        actor_kind=kind,
        reason="" if edge in {"create", "take_up", "withdraw"} else "Takk for ideen. Vi har sett på den sammen.",
        data=dict(data),
        at=at,
    )
