"""Which of some hundred objects a condition holds for: asked in one statement with one parameter."""

from collections.abc import Callable, Collection
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django_scopes import scopes_disabled

from grobunn.kernel.composed import Statement, marks_of


def pks_among(rows: QuerySet[Any], ids: Collection[UUID]) -> set[UUID]:
    """Those of some ids that stand in a queryset; one SQL."""
    return set(_asked_for(rows, _array(ids)).values_list("pk", flat=True))


class Among:
    """The same for a condition that never changes: its statement is composed once, which costs more than the answer.

    Takes: rows, a queryset that asks nothing yet.
    """

    def __init__(self, rows: Callable[[], QuerySet[Any]]) -> None:
        self._rows = rows

    def __call__(self, ids: Collection[UUID]) -> set[UUID]:
        """Those of some ids that the condition holds for; one SQL."""
        return {row[0] for row in self._statement.rows(ids=_array(ids))}

    @cached_property
    def _statement(self) -> Statement:
        marks = marks_of(ids=str)
        with scopes_disabled():
            rows = _asked_for(self._rows(), marks["ids"]).order_by().values_list("pk")
        return Statement(*rows.query.sql_with_params(), marks)


def _asked_for(rows: QuerySet[Any], array: str) -> QuerySet[Any]:
    return rows.filter(pk__in=RawSQL("SELECT unnest(%s::uuid[])", [array]))


def _array(ids: Collection[UUID]) -> str:
    """As one text: hundreds of parameters take longer to write than the answer to read."""
    return f"{{{','.join(each.hex for each in ids)}}}"
