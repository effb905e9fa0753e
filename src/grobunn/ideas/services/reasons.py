"""Writes the municipality's ready reasons: its own ones, and what it does with those that come with Grobunn."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.db import transaction
from django.db.models import QuerySet

from grobunn.ideas.errors import ReasonChangedMeanwhile, ReasonNameTaken, ReasonRemovedMeanwhile
from grobunn.ideas.models import ReasonTemplate
from grobunn.ideas.queries.reasons import Reason, reason_of, reasons_of
from grobunn.kernel import audit, permissions
from grobunn.kernel.actors import Actor
from grobunn.organisations.models import Municipality


def add_reason(municipality: Municipality, *, actor: Actor, language: str, edge: str, name: str, text: str) -> None:
    """Add a reason of the municipality's own.

    Raises:  PermissionDenied; ReasonNameTaken.
    Effects: row, audit.
    """
    reason = Reason(code="", language=language, edge=edge, name=name, text=text, is_own=True)
    with _changing(municipality, actor, "ideas.add_reason", reason):
        _refuse_taken_name(municipality, reason)
        ReasonTemplate.objects.create(
            municipality=municipality, language=language, edge=edge, name=name.strip(), text=text.strip()
        )


def change_reason(municipality: Municipality, *, actor: Actor, reason: Reason, name: str, text: str, seen: str) -> None:
    """Give a reason other words; a ready-made one becomes the municipality's version of it.

    Takes:   seen, the reason's `mark` as the person saw it.
    Raises:  PermissionDenied; ReasonNameTaken; ReasonChangedMeanwhile; ReasonRemovedMeanwhile.
    Effects: row, audit.
    """
    with _changing(municipality, actor, "ideas.change_reason", reason):
        current = reason_of(municipality.pk, reason.language, reason.code) or reason
        if current.mark != seen:
            raise ReasonRemovedMeanwhile if current.is_removed else ReasonChangedMeanwhile(current.text)
        changed = replace(current, name=name.strip(), text=text.strip(), is_removed=False)
        _refuse_taken_name(municipality, changed)
        _put_row(municipality, changed)


def remove_reason(municipality: Municipality, *, actor: Actor, reason: Reason) -> None:
    """Offer a reason no more; its words are kept. Raises: PermissionDenied. Effects: row, audit."""
    with _changing(municipality, actor, "ideas.remove_reason", reason):
        _put_row(municipality, replace(reason, is_removed=True))


def offer_again(municipality: Municipality, *, actor: Actor, reason: Reason) -> None:
    """Offer a removed reason again, with the words that it had.

    Raises:  PermissionDenied; ReasonNameTaken.
    Effects: row, audit.
    """
    with _changing(municipality, actor, "ideas.offer_reason_again", reason):
        _refuse_taken_name(municipality, reason)
        _put_row(municipality, replace(reason, is_removed=False))


def put_back_reason(municipality: Municipality, *, actor: Actor, reason: Reason) -> None:
    """Let a ready-made reason be as it came; one of the municipality's own stays as it is.

    Raises:  PermissionDenied.
    Effects: row, audit.
    """
    with _changing(municipality, actor, "ideas.put_back_reason", reason):
        if not reason.is_own:
            _rows(municipality, reason).delete()


@contextmanager
def _changing(municipality: Municipality, actor: Actor, action: str, reason: Reason) -> Iterator[None]:
    """One change at a time in a municipality, by somebody who may, written down."""
    permissions.check("ideas.set_up", actor, municipality)
    with transaction.atomic():
        Municipality.objects.select_for_update(no_key=True).only("pk").get(pk=municipality.pk)
        yield
        data = {"language": reason.language, "edge": reason.edge, "reason": reason.code}
        audit.record(action, actor=actor, subject=municipality, municipality_id=municipality.pk, data=data)


def _refuse_taken_name(municipality: Municipality, reason: Reason) -> None:
    """Names tell reasons apart where they are chosen: one for each step and language."""
    others = (each for each in reasons_of(municipality.pk, reason.language) if each.code != reason.code)
    name = reason.name.strip().casefold()
    if any(each.edge == reason.edge and each.name.casefold() == name and not each.is_removed for each in others):
        raise ReasonNameTaken


def _rows(municipality: Municipality, reason: Reason) -> QuerySet[ReasonTemplate]:
    rows = ReasonTemplate.objects.filter(municipality=municipality, language=reason.language)
    return rows.filter(pk=reason.code) if reason.is_own else rows.filter(ready_made=reason.code)


def _put_row(municipality: Municipality, reason: Reason) -> None:
    fields = {"name": reason.name, "text": reason.text, "is_removed": reason.is_removed}
    if _rows(municipality, reason).update(**fields) == 0:
        ReasonTemplate.objects.create(
            municipality=municipality,
            language=reason.language,
            edge=reason.edge,
            ready_made=reason.code,
            **fields,
        )
