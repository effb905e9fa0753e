"""Reads that many pages make: composed from models once, and sent again with other values.

Django composes a statement anew for each request, which takes several times as long as sending it and making objects
of the rows. What is composed stays what the models say: the same columns, joined rows and annotations.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import count
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from django_scopes import scopes_disabled

from grobunn.kernel import ids

M = TypeVar("M", bound=Model)

_MARKED = (str, UUID, date)


class Statement:
    """SQL that was composed once, and is sent with other values each time.

    Takes:  params, as it was composed with; marks, what stands among them in place of a value, by its name.
    Raises: ValueError, of a mark that does not stand among them.
    """

    def __init__(self, sql: str, params: Sequence[Any], marks: Mapping[str, Any]) -> None:
        self._sql = sql
        places = {mark: _Place(name) for name, mark in marks.items()}
        self._params = [places.get(each, each) if isinstance(each, _MARKED) else each for each in params]
        if lost := set(places.values()) - {each for each in self._params if isinstance(each, _Place)}:
            raise ValueError(f"The query does not use {', '.join(sorted(place.name for place in lost))}.")

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """What it finds with some values; one SQL."""
        params = [values[each.name] if isinstance(each, _Place) else each for each in self._params]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found


class Composed(Generic[M]):
    """One read of objects whose values change and whose form does not.

    Takes: compose, gives the query of some values, which stand in it as they are: it decides nothing by them, reads no
           clock and no scope. It runs without a scope, so what it finds must be narrowed by the values.
           sorts, of the values by their names: `str`, `UUID` or `date`.
    """

    def __init__(self, compose: Callable[..., QuerySet[M]], **sorts: type) -> None:
        self._compose = compose
        self._sorts = sorts

    def rows(self, **values: Any) -> list[M]:
        """The objects that the query finds with some values; one SQL."""
        statement, form = self._composed
        return [form.made_of(row) for row in statement.rows(**values)]

    def first(self, **values: Any) -> M | None:
        """The first of them; None where there is nothing."""
        return next(iter(self.rows(**values)), None)

    @cached_property
    def _composed(self) -> "tuple[Statement, _Form]":
        marks = marks_of(**self._sorts)
        with scopes_disabled():
            compiler = self._compose(**marks).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        return Statement(sql, params, marks), _Form(compiler)


def marks_of(**sorts: type) -> dict[str, Any]:
    """Values that stand in a query while it is composed, by their names: nothing else in it equals any of them.

    Takes: sorts, of the values: `str`, `UUID` or `date`.
    """
    days = count(1)  # Nothing here is of the year 1.
    make: dict[type, Callable[[], Any]] = {str: ids.new_secret, UUID: ids.new_id, date: lambda: date(1, 1, next(days))}
    return {name: make[sort]() for name, sort in sorts.items()}


@dataclass(frozen=True)
class _Place:
    """Where a value goes."""

    name: str


class _Form:
    """How objects are made of rows, as `django.db.models.query.ModelIterable` makes them."""

    def __init__(self, compiler: Any) -> None:
        info, columns = compiler.klass_info, compiler.select
        self._model = info["model"]
        self._own = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        self._names = [column[0].target.attname for column in columns[self._own]]
        # The stubs are of a later Django, whose rows also know how to read what was not.
        self._joined = get_related_populators(info, columns, connection.alias)  # type: ignore[call-arg]
        self._annotations = tuple((compiler.annotation_col_map or {}).items())
        converters = compiler.get_converters([column[0] for column in columns])
        self._converters = tuple((place, *converter) for place, converter in converters.items())

    def made_of(self, row: tuple[Any, ...]) -> Any:
        values = list(row)
        for place, converters, expression in self._converters:
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        made = self._model.from_db(connection.alias, self._names, values[self._own])
        for joined in self._joined:
            joined.populate(values, made)
        for name, place in self._annotations:
            setattr(made, name, values[place])
        return made
