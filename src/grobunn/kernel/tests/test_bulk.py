"""Many rows at once."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.expressions import DatabaseDefault

from grobunn.kernel import ids
from grobunn.kernel.bulk import insert_many
from grobunn.kernel.models import ActorKind, StateChange

MOMENT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def _change(**fields: object) -> StateChange:
    given = {"actor_kind": ActorKind.SYSTEM, "reason": "Linje\nto\tog \\ æøå", "data": {"a": [1, "b"]}, **fields}
    return StateChange(
        machine="x", subject_id=ids.new_id(), municipality_id=ids.new_id(), edge="y", to_state="z", at=MOMENT, **given
    )


@pytest.mark.django_db
def test_rows_are_read_back_as_they_were_given(django_assert_num_queries: object) -> None:
    rows = [_change(), _change(reason="", data={}, actor_id=ids.new_id())]

    with django_assert_num_queries(1):
        insert_many(rows)

    for row in rows:
        kept = StateChange.objects.get(pk=row.pk)
        assert [getattr(kept, field.attname) for field in kept._meta.fields] == [
            getattr(row, field.attname) for field in row._meta.fields
        ]


@pytest.mark.django_db
def test_rows_that_break_a_constraint_are_refused_together() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_many([_change(), _change(actor_kind="nobody")])

    assert StateChange.objects.count() == 0


def test_no_rows_ask_nothing() -> None:
    insert_many([])


@pytest.mark.django_db
def test_plain_value_that_the_database_would_give_is_written() -> None:
    row = _change()
    row.reason = DatabaseDefault(Value("Som avtalt"), output_field=StateChange._meta.get_field("reason"))

    insert_many([row])

    assert StateChange.objects.get(pk=row.pk).reason == "Som avtalt"
