"""A panel with thousands of entries, whose true order is known: what `grobunn bench juries` measures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import numpy as np
from django_scopes import scope
from numpy.typing import NDArray

from grobunn.accounts.models import User
from grobunn.juries.legal import CURRENT
from grobunn.juries.models import Criterion, Declaration, Entry, Member, Panel, Score, Tap
from grobunn.juries.services.composing import EntryGiven, add_member, hand_in, make_panel, use_criteria
from grobunn.juries.services.sharing import Proposal
from grobunn.juries.services.steps import step
from grobunn.juries.shapes import Criteria, CriterionShape, Level
from grobunn.juries.states import PanelPart
from grobunn.kernel import clock, ids
from grobunn.organisations.models import Municipality, Role, RoleAssignment, Unit

Floats = NDArray[np.float64]

_SEED = 7
_TOPICS = 10
_BATCH = 2000
# As the measured recovery that is to be matched was simulated: scores 1 to 10, jurors who differ in level and in width.
_LOWEST, _HIGHEST = 1, 10
_MIDDLE, _STEP = 5.5, 1.5
_SEVERITY, _WIDTH, _NOISE = 1.0, 0.25, 0.7


@dataclass(frozen=True)
class Jury:
    """Who and what there is. Takes: users, of the members, the chair first; qualities, the entries' true ones."""

    adviser: User
    users: Sequence[User]
    panel: Panel
    members: Sequence[Member]
    entries: Sequence[Entry]
    criteria: Sequence[Criterion]
    qualities: Floats


def make_jury(*, entries: int, jurors: int, criteria: int) -> Jury:
    """A panel on which everybody has declared, and whose entries are not shared out yet. Effects: rows."""
    run = ids.new_id().hex[-8:]  # A kept folder has the panels of earlier runs.
    municipality, _made = Municipality.objects.get_or_create(
        slug="trondheim", defaults={"name": "Trondheim", "is_in_use": True}
    )
    adviser = _adviser(municipality, run=run)
    panel = make_panel(municipality, name="Benk", actor=adviser, is_synthetic=True)
    used = use_criteria(panel, _criteria(criteria), actor=adviser)
    users = [_juror(number, run=run) for number in range(jurors)]
    members = [_member(panel, number, user, by=adviser) for number, user in enumerate(users)]
    given = [
        EntryGiven(title=f"Bidrag {number + 1}", text="Slik gjør vi det.", topics=[_topic(number)], is_synthetic=True)
        for number in range(entries)
    ]
    handed = hand_in(panel, given, actor=adviser)
    take(panel, "open_declarations", by=adviser)
    _declare(panel, members, handed)
    qualities = np.random.default_rng(_SEED).standard_normal(entries)
    return Jury(adviser, users, panel, members, handed, used, qualities)


def give_scores(jury: Jury, shared: Proposal) -> int:
    """Let everybody have scored what was given to them: the truth, with severities, widths and noise.

    Returns: how many figures there are.
    """
    dice = np.random.default_rng(_SEED + 1)
    place = {entry.pk: number for number, entry in enumerate(jury.entries)}
    seat = {member.pk: number for number, member in enumerate(jury.members)}
    entry = np.array([place[each] for each, _member in shared.pairs])
    juror = np.array([seat[each] for _entry, each in shared.pairs])
    width = np.exp(dice.normal(0, _WIDTH, len(seat)))[juror]
    level = dice.normal(0, _SEVERITY, len(seat))[juror]
    noise = dice.normal(0, _NOISE, (len(entry), len(jury.criteria)))
    found = _MIDDLE + _STEP * ((width * jury.qualities[entry] + level)[:, None] + noise)
    figures = np.clip(np.round(found), _LOWEST, _HIGHEST).astype(int)
    with scope(municipality=jury.panel.municipality_id):
        _keep(jury, shared, figures)
    return int(figures.size)


def take(panel: Panel, edge: str, *, by: User) -> None:
    """Let a panel take a step."""
    with scope(municipality=panel.municipality_id):
        step(panel, edge, actor=by)


def tau(first: Floats, second: Floats) -> float:
    """Kendall's tau b of two orders."""
    one, other = np.sign(first[:, None] - first), np.sign(second[:, None] - second)
    return float((one * other).sum() / np.sqrt((one**2).sum() * (other**2).sum()))


def _keep(jury: Jury, shared: Proposal, figures: NDArray[np.int_]) -> None:
    at = clock.now()
    municipality_id = jury.panel.municipality_id
    given = [
        (member_id, entry_id, criterion.pk, int(value))
        for (entry_id, member_id), row in zip(shared.pairs, figures, strict=True)
        for criterion, value in zip(jury.criteria, row, strict=True)
    ]
    names = ("member_id", "entry_id", "criterion_id", "value")
    Tap.objects.bulk_create(
        (Tap(municipality_id=municipality_id, tapped_at=at, **dict(zip(names, row, strict=True))) for row in given),
        batch_size=_BATCH,
    )
    Score.objects.bulk_create(
        (Score(municipality_id=municipality_id, valued_at=at, **dict(zip(names, row, strict=True))) for row in given),
        batch_size=_BATCH,
    )


def _adviser(municipality: Municipality, *, run: str) -> User:
    """Somebody who may make panels and run them."""
    user = User.objects.create_user(f"adviser-{run}@bench.example", name="Adviser")
    with scope(municipality=municipality.pk):
        unit, _made = Unit.objects.get_or_create(
            municipality=municipality, slug="benk", defaults={"name": "Innovasjon"}
        )
        RoleAssignment.objects.create(
            municipality=municipality,
            unit=unit,
            user=user,
            role=Role.INNOVATION_ADVISER,
            from_on=clock.today() - timedelta(days=1),
        )
    return user


def _juror(number: int, *, run: str) -> User:
    return User.objects.create_user(f"juror-{number}-{run}@bench.example", name=f"Juror {number + 1}")


def _member(panel: Panel, number: int, user: User, *, by: User) -> Member:
    return add_member(
        panel,
        user,
        part=PanelPart.CHAIR if number == 0 else PanelPart.MEMBER,
        is_senior=number % 3 == 0,
        expertise=[_topic(number), _topic(number + 1)],
        actor=by,
    )


def _declare(panel: Panel, members: Sequence[Member], entries: Sequence[Entry]) -> None:
    with scope(municipality=panel.municipality_id):
        Declaration.objects.bulk_create(
            (
                Declaration(municipality_id=panel.municipality_id, member=member, entry=entry, legal_basis=CURRENT.key)
                for member in members
                for entry in entries
            ),
            batch_size=_BATCH,
        )


def _criteria(count: int) -> Criteria:
    levels = tuple(Level(value, str(value)) for value in range(_LOWEST, _HIGHEST + 1))
    return Criteria(
        key="bench",
        edition=1,
        name="Benk",
        summary="",
        source="",
        source_url="",
        criteria=tuple(
            CriterionShape(f"c{number}", f"Kriterium {number}", "", Decimal(1 + number % 2), levels)
            for number in range(1, count + 1)
        ),
    )


def _topic(number: int) -> str:
    return f"tema-{number % _TOPICS}"
