"""What a case says, as values that can be copied and as JSON that an edition keeps."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField

from grobunn.cases.models import CONTENT_FIELDS, Case, Content, Draft

# Who is named and until when: that may end, and what an edition says may not change.
NOT_IN_EDITIONS = frozenset({"contact_person_id", "contact_consented_at", "contact_until"})
EDITION_FIELDS: tuple[str, ...] = tuple(name for name in CONTENT_FIELDS if name not in NOT_IN_EDITIONS)


def content_of(row: Case | Draft) -> dict[str, Any]:
    """Every field of what a case or its draft says, by name."""
    return {name: getattr(row, name) for name in CONTENT_FIELDS}


def as_edition(row: Case | Draft) -> dict[str, Any]:
    """What an edition keeps of it: all but who is named as the contact."""
    return {name: _as_json(getattr(row, name)) for name in EDITION_FIELDS}


def from_edition(content: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an edition as values; a field that is newer than the edition has its beginning value."""
    fields: dict[str, Any] = {field.attname: field for field in Content._meta.local_fields}
    return {
        name: _as_value(fields[name], content[name]) if name in content else fields[name].get_default()
        for name in EDITION_FIELDS
    }


def _as_value(field: Any, kept: Any) -> Any:
    """What JSON keeps of a field, as the field has it; the list of an array is read part by part."""
    if isinstance(field, ArrayField):
        return [field.base_field.to_python(each) for each in kept]
    return field.to_python(kept)


def _as_json(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_json(each) for each in value]
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date | datetime) else value
