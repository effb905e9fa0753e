"""Many new rows at once, by PostgreSQL's COPY: several times the speed of INSERT, with the same constraints."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import JSONField, Model, Value
from django.db.models.expressions import DatabaseDefault


def insert_many(rows: Sequence[Model]) -> None:
    """Insert new rows of one model in the caller's transaction.

    Takes:   instances with everything set, or left to a plain value that the database has; nothing is read back, no
             signal is sent.
    Raises:  what an INSERT would.
    Effects: rows; triggers fire.
    """
    if not rows:
        return
    fields = type(rows[0])._meta.concrete_fields
    names = [field.attname for field in fields]
    documents = {field.attname: field for field in fields if isinstance(field, JSONField)}
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column or "") for field in fields)
    statement = f"COPY {quote(type(rows[0])._meta.db_table)} ({columns}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([_value(row, name, documents.get(name)) for name in names])


def _value(row: Model, name: str, document: JSONField | None) -> Any:
    value = getattr(row, name)
    if isinstance(value, DatabaseDefault):
        (given,) = value.get_source_expressions()
        value = given.value if isinstance(given, Value) else value
    return value if document is None else document.get_db_prep_save(value, connection)
