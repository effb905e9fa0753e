"""Which of some hundred objects a condition holds for: asked in one statement with one parameter."""

from collections.abc import Callable, Collection
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django_scopes import scopes_disabled


def pks_among(rows: QuerySet[Any], ids: Collection[UUID]) -> set[UUID]:
    """Those of some ids that stand in a queryset; one SQL."""
    return set(_asked_for(rows, ids).values_list("pk", flat=True))


class Among:
    """The same for a condition that never changes: its statement is composed once, which costs more than the answer.

    Takes: rows, a queryset that asks nothing yet.
    """

    def __init__(self, rows: Callable[[], QuerySet[Any]]) -> None:
        self._rows = rows

    def __call__(self, ids: Collection[UUID]) -> set[UUID]:
        """Those of some ids that the condition holds for; one SQL."""
        statement, parameters = self._statement
        with connection.cursor() as cursor:
            cursor.execute(statement, [*parameters, _array(ids)])
            return {row[0] for row in cursor.fetchall()}

    @cached_property
    def _statement(self) -> tuple[str, tuple[Any, ...]]:
        with scopes_disabled():
            rows = _asked_for(self._rows(), ()).order_by().values_list("pk")
        statement, parameters = rows.query.sql_with_params()
        # What was added last is the last parameter.
        return statement, tuple(parameters[:-1])


def _asked_for(rows: QuerySet[Any], ids: Collection[UUID]) -> QuerySet[Any]:
    return rows.filter(pk__in=RawSQL("SELECT unnest(%s::uuid[])", [_array(ids)]))


def _array(ids: Collection[UUID]) -> str:
    """As one text: hundreds of parameters take longer to write than the answer to read."""
    return f"{{{','.join(each.hex for each in ids)}}}"
