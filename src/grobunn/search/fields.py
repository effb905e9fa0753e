"""Kinds of columns that Django has no name for."""

from typing import Any

from django.db import models


class TransactionIdField(models.BigIntegerField):
    """The number of the transaction that wrote a row; it never begins anew (PostgreSQL's xid8)."""

    def db_type(self, connection: Any) -> str:
        return "xid8"
