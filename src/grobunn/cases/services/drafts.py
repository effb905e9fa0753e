"""Saving what is written: nothing is lost, and two windows never overwrite each other unseen."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from grobunn.cases.contents import content_of
from grobunn.cases.models import CONTENT_FIELDS, Case, Draft
from grobunn.cases.states import CASE_MESSAGES, CaseState
from grobunn.cases.validators import validate_no_identity_numbers
from grobunn.kernel import clock, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import NotPossibleNow

# Who is named is agreed by that person, and files come and go by services of their own.
_BY_OTHER_WAYS = frozenset(
    {"contact_person_id", "contact_consented_at", "contact_until", "picture_ids", "document_ids"}
)
WRITABLE: frozenset[str] = frozenset(CONTENT_FIELDS) - _BY_OTHER_WAYS
BEING_WRITTEN = frozenset({CaseState.DRAFT, CaseState.IN_REVIEW, CaseState.PUBLISHED})


class WrittenMeanwhile(Exception):  # noqa: N818 -- a business refusal, named for what happened
    """Somebody saved other words in the same fields after the page was opened: both are to be shown.

    Takes: draft, as it is now; fields, those that both have changed.
    """

    def __init__(self, draft: Draft, fields: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(fields)))
        self.draft = draft
        self.fields = fields

    @property
    def texts(self) -> list[str]:
        """What the others wrote in those fields, where it is words."""
        values = [getattr(self.draft, name) for name in sorted(self.fields)]
        return [value for value in values if isinstance(value, str) and value]


def save_draft(case: Case, *, actor: Actor, revision: int, changes: Mapping[str, Any]) -> Draft:
    """Keep what somebody has written in some fields of the draft.

    Takes:   revision of the draft that the writer began from; changes, the fields with their new values.
    Returns: the draft as it is now; unchanged, with its revision, where the fields say that already.
    Raises:  WrittenMeanwhile if one of the fields was saved with other words since; ValidationError for a national
             identity number; NotPossibleNow for a withdrawn case; PermissionDenied; ValueError for an unknown field.
    Effects: row.
    """
    permissions.check("cases.edit", actor, case)
    unknown = set(changes) - WRITABLE
    if unknown:
        raise ValueError(f"Not fields that are written in a draft: {sorted(unknown)}.")
    validate_no_identity_numbers(changes)

    def merged(draft: Draft) -> Mapping[str, Any]:
        differing = {name for name, value in changes.items() if getattr(draft, name) != value}
        contested = frozenset(name for name in differing if draft.touched.get(name, 1) > revision)
        if contested:
            raise WrittenMeanwhile(draft, contested)
        return {name: changes[name] for name in differing}

    return change_draft(case, actor=actor, change=merged)


def change_draft(case: Case, *, actor: Actor, change: Callable[[Draft], Mapping[str, Any]]) -> Draft:
    """Change a draft while nobody else can: what services that write it share.

    Takes:   change, gives the new values for the draft as it is now; nothing where nothing changes.
    Raises:  NotPossibleNow for a withdrawn case, what `change` raises.
    Effects: row; its revision rises by one.
    """
    with transaction.atomic():
        draft = draft_for_change(case)
        written = dict(change(draft))
        if not written:
            return draft
        draft.revision += 1
        draft.touched = draft.touched | dict.fromkeys(written, draft.revision)
        draft.saved_at, draft.saved_by_id = clock.now(), actor.pk
        draft.is_published = False
        for name, value in written.items():
            setattr(draft, name, value)
        draft.save(update_fields=[*written, "revision", "touched", "saved_at", "saved_by_id", "is_published"])
        return draft


def draft_for_change(case: Case) -> Draft:
    """The draft of a case, held until the transaction ends. Raises: NotPossibleNow for a withdrawn case."""
    draft: Draft = Draft.objects.select_for_update().get(case=case)
    state = Case.objects.values_list("state", flat=True).get(pk=case.pk)
    if state not in BEING_WRITTEN:
        raise NotPossibleNow(CASE_MESSAGES.not_possible_now)
    return draft


def take_back_changes(case: Case, *, actor: Actor) -> Draft:
    """Throw away what has been written since the latest edition. Effects: row."""
    permissions.check("cases.edit", actor, case)

    def as_published(draft: Draft) -> Mapping[str, Any]:
        if case.state != CaseState.PUBLISHED:
            raise NotPossibleNow(CASE_MESSAGES.not_possible_now)
        published = content_of(case)
        return {name: value for name, value in published.items() if getattr(draft, name) != value}

    with transaction.atomic():
        draft = change_draft(case, actor=actor, change=as_published)
        Draft.objects.filter(pk=draft.pk).update(is_published=True)
        draft.is_published = True
    return draft
