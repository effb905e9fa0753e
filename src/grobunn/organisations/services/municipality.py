"""Writes how a municipality shows itself, what it promises and where it sends people."""

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from grobunn.kernel import audit
from grobunn.kernel.actors import Actor
from grobunn.organisations.models import Municipality

# What the set-up may change; the rest comes from the register of municipalities.
CHANGEABLE = frozenset(
    {
        "name",
        "organisation_number",
        "theme_colour",
        "default_language",
        "mailbox",
        "accessibility_statement_url",
        "whistleblowing_url",
        "deviation_url",
        "answer_days",
        "reminder_days",
        "escalation_days",
        "idea_kinds",
    }
)


def change_municipality(municipality: Municipality, *, actor: Actor, changes: Mapping[str, Any]) -> Municipality:
    """Change what a municipality has set.

    Raises:  ValueError for a field that the set-up does not change.
    Effects: row, audit (which fields, not what stood there: history has that).
    """
    if not changes.keys() <= CHANGEABLE:
        raise ValueError(f"Not for the set-up: {sorted(changes.keys() - CHANGEABLE)}")
    for name, value in changes.items():
        setattr(municipality, name, value)
    with transaction.atomic():
        municipality.save(update_fields=sorted(changes))
        _record("organisations.change_municipality", municipality, actor, sorted(changes))
    return municipality


def change_logo(municipality: Municipality, *, actor: Actor, logo: ContentFile | None) -> Municipality:
    """Show another logo, or none; the file of the one before is removed when the change has been committed.

    Takes:   logo, as `services.logo.rewritten_logo` made it.
    Effects: file, row, audit; the former file.
    """
    former, storage = municipality.logo.name, municipality.logo.storage
    with transaction.atomic():
        if logo is None:
            municipality.logo = ""
        else:
            municipality.logo.save(logo.name or "logo.png", logo, save=False)
        municipality.save(update_fields=["logo"])
        _record("organisations.change_logo", municipality, actor, ["logo"])
        if former:
            transaction.on_commit(lambda: storage.delete(former))
    return municipality


def take_into_use(municipality: Municipality, *, actor: Actor) -> Municipality:
    """Let a municipality take ideas. Effects: row, audit."""
    municipality.is_in_use = True
    with transaction.atomic():
        municipality.save(update_fields=["is_in_use"])
        _record("organisations.take_into_use", municipality, actor, ["is_in_use"])
    return municipality


def _record(action: str, municipality: Municipality, actor: Actor, fields: list[str]) -> None:
    audit.record(action, actor=actor, subject=municipality, municipality_id=municipality.pk, data={"fields": fields})
