"""Panels with scores, for tests of what comes after them."""

from collections.abc import Iterable, Mapping
from typing import Any

from grobunn.accounts.models import User
from grobunn.juries.models import Criterion, Entry, Member, Panel, Score
from grobunn.juries.services.steps import step
from grobunn.juries.tests.factories import declare_all, make_jury
from grobunn.kernel import clock
from grobunn.organisations.models import Municipality


def released_jury(
    municipality: Municipality, *, by: User, values: Mapping[int, tuple[int, ...]] | None = None, **fields: Any
) -> tuple[Panel, list[Member], list[Entry]]:
    """A panel whose scores are released. Takes: values, of an entry's place: what everybody gives on each criterion."""
    panel, members, entries = make_jury(municipality, by=by, **fields)
    step(panel, "open_declarations", actor=by)
    declare_all(*members)
    step(panel, "open_scoring", actor=by)
    score_all(panel, members, entries, value=3)
    criteria = list(Criterion.objects.filter(panel=panel))
    for place, given in (values or {}).items():
        for criterion, value in zip(criteria, given, strict=True):
            Score.objects.filter(entry=entries[place], criterion=criterion).update(value=value)
    step(panel, "release", actor=members[0].user)
    panel.refresh_from_db()
    for entry in entries:
        entry.panel = panel
    return panel, members, entries


def score_all(panel: Panel, members: Iterable[Member], entries: Iterable[Entry], *, value: int) -> None:
    """Let members have given a figure on every criterion of entries."""
    criteria = list(Criterion.objects.filter(panel=panel))
    Score.objects.bulk_create(
        Score(
            municipality_id=panel.municipality_id,
            member=member,
            entry=entry,
            criterion=criterion,
            value=value,
            valued_at=clock.now(),
        )
        for member in members
        for entry in entries
        for criterion in criteria
    )
