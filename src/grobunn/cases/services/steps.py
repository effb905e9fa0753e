"""The steps of a case: to the editor and back, out to readers, and every year the question whether it still holds."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from grobunn.cases.contents import as_edition, content_of
from grobunn.cases.models import Case, Draft, Edition
from grobunn.cases.services.start import free_slug
from grobunn.cases.states import CASE_MESSAGES, CASES, CaseState
from grobunn.kernel import clock, statemachine
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import NotPossibleNow, SomebodyWasFirst


def send_for_review(case: Case, *, actor: Actor) -> StateChange:
    """Ask the editor to look at it. Effects: row, history, audit, CaseSentForReview."""
    return _perform(case, "send_for_review", actor=actor, inputs={"draft": draft_of(case)})


def send_back(case: Case, *, actor: Actor, reason: str) -> StateChange:
    """Give it back to its writers, with what should change. Effects: row, history, audit, CaseReturned."""
    return _perform(case, "send_back", actor=actor, reason=reason)


def publish(case: Case, *, actor: Actor, note: str = "", revision: int | None = None) -> StateChange:
    """Show it to everybody.

    Takes:   note, what is new, for whoever read an earlier edition; revision of the draft that the editor has read.
    Raises:  NotReady where something is missing; SomebodyWasFirst if the draft has moved on since; what a step raises.
    Effects: row (all content), edition, history, audit, CasePublished.
    """
    return _publish(case, "publish", actor=actor, note=note, revision=revision)


def publish_changes(case: Case, *, actor: Actor, note: str = "", revision: int | None = None) -> StateChange:
    """Show the next edition of what is published already. Takes, raises and effects: as `publish`."""
    return _publish(case, "publish_changes", actor=actor, note=note, revision=revision)


def propose_changes(case: Case, *, actor: Actor) -> StateChange:
    """Ask the editor to publish what has changed. Effects: history, audit, CaseChangesProposed."""
    return _perform(case, "propose_changes", actor=actor, inputs={"draft": draft_of(case)})


def keep(case: Case, *, actor: Actor) -> StateChange:
    """Say that it is still right: asked again in a year. Effects: row, history, audit, CaseKept."""
    return _perform(case, "keep", actor=actor, changes=_reviewed())


def withdraw(case: Case, *, actor: Actor, reason: str, replaced_by: Case | None = None) -> StateChange:
    """Take it from the readers; its address says so. Takes: replaced_by, what they are led to instead, if anything.

    Effects: row, history, audit, CaseWithdrawn.
    """
    changes = {"review_due_on": None, "replaced_by_id": replaced_by.pk if replaced_by else None}
    return _perform(case, "withdraw", actor=actor, reason=reason, changes=changes)


def reopen(case: Case, *, actor: Actor) -> StateChange:
    """Work on a withdrawn case again. Effects: row, history, audit."""
    return _perform(case, "reopen", actor=actor, changes={"replaced_by_id": None})


STEPS: Mapping[str, Callable[..., StateChange]] = {
    "send_for_review": send_for_review,
    "send_back": send_back,
    "publish": publish,
    "propose_changes": propose_changes,
    "publish_changes": publish_changes,
    "keep": keep,
    "withdraw": withdraw,
    "reopen": reopen,
}


def move_case(case: Case, name: str, *, actor: Actor, version: int | None = None, **arguments: Any) -> StateChange:
    """Do one step by its name.

    Takes:   version that the actor looked at, if known: a case that moved since is not touched.
    Raises:  NotPossibleNow for an unknown name; SomebodyWasFirst; what the step itself raises.
    Effects: the step's own.
    """
    step = STEPS.get(name)
    if step is None:
        raise NotPossibleNow(CASE_MESSAGES.not_possible_now)
    if version is not None and version != case.version:
        raise SomebodyWasFirst(CASE_MESSAGES.somebody_was_first)
    return step(case, actor=actor, **arguments)


def draft_of(case: Case) -> Draft:
    """The working copy of a case."""
    draft: Draft = Draft.objects.get(case=case)
    return draft


def a_year_after(day: date) -> date:
    """The same day next year; the 28th for the 29th of February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _reviewed() -> dict[str, Any]:
    return {"review_due_on": a_year_after(clock.today()), "review_reminded_at": None}


def _publish(case: Case, edge: str, *, actor: Actor, note: str, revision: int | None) -> StateChange:
    with transaction.atomic():
        # Held, so that nothing is written between what is copied and what the draft is told.
        draft = Draft.objects.select_for_update().get(case=case)
        if revision is not None and revision != draft.revision:
            raise SomebodyWasFirst(CASE_MESSAGES.somebody_was_first)
        content, at = content_of(draft), clock.now()
        # The address is for ever from the first publishing on; until then it follows the title.
        slug = case.slug if case.published_at else free_slug(draft.title, but=case)
        first = {"published_at": case.published_at or at, "edited_at": at, "slug": slug}
        is_out = case.state == CaseState.PUBLISHED
        # The database holds a published case against what it says: the words come before the state that asks for
        # them, and after the guards where it is in that state already.
        if not is_out:
            Case.objects.filter(pk=case.pk).update(**content)
        change = _perform(
            case, edge, actor=actor, inputs={"draft": draft}, changes={**first, **_reviewed()}, data={"note": note}
        )
        if is_out:
            Case.objects.filter(pk=case.pk).update(**content)
        _make_edition(case, draft, note=note, actor=actor, at=at)
        Draft.objects.filter(pk=draft.pk).update(is_published=True)
    for name, value in content.items():
        setattr(case, name, value)
    return change


def _make_edition(case: Case, draft: Draft, *, note: str, actor: Actor, at: datetime) -> None:
    # Whoever publishes holds the draft, so the number is not taken meanwhile.
    last = Edition.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
    Edition.objects.create(
        municipality_id=case.municipality_id,
        case=case,
        number=last + 1,
        content=as_edition(draft),
        note=note.strip(),
        published_by_id=actor.pk,
        published_at=at,
    )


def _perform(
    case: Case,
    edge: str,
    *,
    actor: Actor,
    reason: str = "",
    inputs: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> StateChange:
    return statemachine.perform(
        CASES,
        case,
        edge,
        actor=actor,
        messages=CASE_MESSAGES,
        reason=reason,
        inputs=inputs,
        changes=changes,
        data=data,
    )
