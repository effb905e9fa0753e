"""Keyset paging: the next page costs what the first did, however many rows there are."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)


class BadCursor(ValueError):  # noqa: N818 -- named for what is wrong
    """A cursor that this list did not give out."""


@dataclass(frozen=True)
class Page(Generic[M]):
    """A page of rows, and the cursors of its neighbours (None where there is none)."""

    rows: list[M]
    next_cursor: str | None
    previous_cursor: str | None


def page(rows: QuerySet[M], *, order: Sequence[str], size: int, cursor: str | None = None) -> Page[M]:
    """One page of a queryset.

    Takes:   order, field names, each with "-" for descending, the last one unique, none of them null.
    Raises:  BadCursor.
    """
    is_backwards, values = _opened(cursor, len(order)) if cursor else (False, None)
    fields = [_reversed(name) for name in order] if is_backwards else list(order)
    found = rows.order_by(*fields)
    if values is not None:
        try:
            found = found.filter(_after(fields, values))
        except (ValueError, TypeError, ValidationError) as error:
            raise BadCursor(cursor) from error
    taken = list(found[: size + 1])
    has_more = len(taken) > size
    taken = taken[:size]
    if is_backwards:
        taken.reverse()
    has_next = True if is_backwards else has_more
    has_previous = has_more if is_backwards else values is not None
    return Page(
        rows=taken,
        next_cursor=_sealed(taken[-1], order, is_backwards=False) if taken and has_next else None,
        previous_cursor=_sealed(taken[0], order, is_backwards=True) if taken and has_previous else None,
    )


def _reversed(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _after(fields: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows that come after the values in the order of the fields."""
    condition = Q()
    for position, name in enumerate(fields):
        bare = name.lstrip("-")
        step = Q(**{f"{bare}__{'lt' if name.startswith('-') else 'gt'}": values[position]})
        for equal_name, value in zip(fields[:position], values, strict=False):
            step &= Q(**{equal_name.lstrip("-"): value})
        condition |= step
    # The leading column bounds the scan, so that the index can be entered where the page begins.
    lead = fields[0].lstrip("-")
    return Q(**{f"{lead}__{'lte' if fields[0].startswith('-') else 'gte'}": values[0]}) & condition


def _sealed(row: Model, order: Sequence[str], *, is_backwards: bool) -> str:
    values = [_plain(getattr(row, name.lstrip("-"))) for name in order]
    text = json.dumps([int(is_backwards), *values], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _opened(cursor: str, count: int) -> tuple[bool, list[Any]]:
    try:
        opened = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        is_backwards, *values = opened
    except (ValueError, TypeError) as error:
        raise BadCursor(cursor) from error
    if len(values) != count:
        raise BadCursor(cursor)
    return bool(is_backwards), values
