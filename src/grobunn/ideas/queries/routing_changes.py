"""What was changed in the routing, by whom and when; the database keeps every version of every rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from grobunn.accounts.models import User
from grobunn.ideas.models import RoutingRule

# Versions of rules that a page of the history reads: some years of changes.
READ_VERSIONS = 2000
_WORDS = ("unit_id", "kind", "words", "receiver_role", "receiver_unit_id")


@dataclass(frozen=True)
class Changed:
    """A rule that said something else before."""

    before: RoutingRule
    after: RoutingRule


@dataclass(frozen=True)
class RoutingChange:
    """What somebody saved at once. Takes: by, "" where nobody in particular did it, or the account is gone."""

    at: datetime
    by: str
    added: Sequence[RoutingRule]
    changed: Sequence[Changed]
    removed: Sequence[RoutingRule]
    is_reordered: bool


def routing_changes(municipality_id: UUID, *, limit: int | None = None) -> list[RoutingChange]:
    """What was saved, newest first; two SQL."""
    read = _versions(municipality_id).select_related("unit", "receiver_unit")[:READ_VERSIONS]
    versions = list(reversed(read))
    people = _people(versions)
    known: dict[UUID, Any] = {}
    changes = [_change(list(saved), known, people) for _moment, saved in groupby(versions, key=_save_of)]
    return changes[::-1][:limit]


def last_routing_change(municipality_id: UUID) -> tuple[datetime, str] | None:
    """When the rules were last saved, and by whom ("": nobody in particular); at most two SQL."""
    last = _versions(municipality_id).first()
    return (last.pgh_created_at, _name(last, _people([last]))) if last is not None else None


def _versions(municipality_id: UUID) -> QuerySet[Any]:
    """Versions of rules, newest first."""
    kept: Any = apps.get_model("ideas", "RoutingRuleEvent")._base_manager
    found: QuerySet[Any] = kept.filter(municipality_id=municipality_id).select_related("pgh_context")
    return found.order_by("-pgh_id")


def _save_of(version: Any) -> object:
    """The same for all that was written at once."""
    return version.pgh_context_id or version.pgh_created_at


def _change(saved: list[Any], known: dict[UUID, Any], people: dict[str, str]) -> RoutingChange:
    """One save. Takes: known, the last version of each rule before it; brought up to date."""
    added, changed, removed, is_reordered = [], [], [], False
    for version in saved:
        before = known.get(version.pgh_obj_id)
        known[version.pgh_obj_id] = version
        if version.pgh_label == "insert":
            added.append(version)
        elif version.pgh_label == "delete":
            removed.append(version)
        elif before is None or _words(before) == _words(version):
            is_reordered = True
        else:
            changed.append(Changed(before=before, after=version))
    return RoutingChange(
        at=saved[-1].pgh_created_at,
        by=_name(saved[-1], people),
        added=added,
        changed=changed,
        removed=removed,
        is_reordered=is_reordered,
    )


def _words(version: Any) -> tuple[Any, ...]:
    return tuple(getattr(version, name) for name in _WORDS)


def _people(versions: Sequence[Any]) -> dict[str, str]:
    """Names of those who saved, by id."""
    ids = {version.pgh_context.metadata.get("actor") for version in versions if version.pgh_context} - {None}
    return {str(pk): name for pk, name in User.objects.filter(pk__in=ids).values_list("pk", "name")}


def _name(version: Any, people: dict[str, str]) -> str:
    actor = version.pgh_context.metadata.get("actor", "") if version.pgh_context else ""
    return people.get(actor, "")
