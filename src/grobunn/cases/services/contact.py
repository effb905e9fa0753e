"""Who answers questions about a case: always a role, and a person only by that person's own consent, until a day."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import scope, scopes_disabled

from grobunn.accounts.models import User
from grobunn.cases.events import CaseContactAsked, CaseContactLapsed
from grobunn.cases.models import Case, Draft
from grobunn.cases.services.drafts import change_draft
from grobunn.cases.services.steps import a_year_after
from grobunn.kernel import audit, clock, events, permissions
from grobunn.kernel.actors import SYSTEM, Actor
from grobunn.organisations.queries import is_member

Ended = Callable[[Case | Draft], bool]

_NOBODY: Mapping[str, Any] = {"contact_person_id": None, "contact_consented_at": None, "contact_until": None}


def ask_to_be_named(case: Case, *, user: User, until: date, actor: Actor) -> Draft:
    """Ask a colleague to stand as the contact beside the role; whoever asks themselves has agreed.

    Takes:   until, the last day with the name: a year ahead at most.
    Raises:  ValidationError for a day behind or too far ahead, or somebody without a role; PermissionDenied.
    Effects: row; CaseContactAsked, or audit where the person asked themselves.
    """
    permissions.check("cases.edit", actor, case)
    _require_day(until)
    if not is_member(user, case.municipality_id):
        raise ValidationError(
            {"person": _("%(name)s has no role in the municipality.") % {"name": user.name}}, code="no_colleague"
        )
    is_own = user.pk == actor.pk

    def asked(draft: Draft) -> Mapping[str, Any]:
        has_agreed = draft.contact_person_id == user.pk and draft.contact_until == until
        at = draft.contact_consented_at if has_agreed else clock.now() if is_own else None
        wanted = {"contact_person_id": user.pk, "contact_consented_at": at, "contact_until": until}
        return {name: value for name, value in wanted.items() if getattr(draft, name) != value}

    with transaction.atomic():
        draft = change_draft(case, actor=actor, change=asked)
        if is_own:
            _record("cases.agree_to_be_named", case, actor)
        elif draft.contact_consented_at is None:
            events.publish(CaseContactAsked(case_id=case.pk, municipality_id=case.municipality_id, user_id=user.pk))
    return draft


def agree_to_be_named(case: Case, *, until: date, actor: Actor) -> Draft:
    """The person's own yes, until a day of their own choice. Effects: row, audit. Raises: ValidationError.

    Raises: PermissionDenied for anybody but the person who was asked.
    """
    _require_day(until)

    def agreed(draft: Draft) -> Mapping[str, Any]:
        _require_asked(draft, actor)
        return {"contact_consented_at": clock.now(), "contact_until": until}

    with transaction.atomic():
        draft = change_draft(case, actor=actor, change=agreed)
        _record("cases.agree_to_be_named", case, actor)
    return draft


def take_name_away(case: Case, *, actor: Actor) -> None:
    """Name nobody any more, at once, also for readers: the person themselves, or a writer.

    Effects: rows, audit; CaseContactLapsed where the person did it, so that the owner hears.
    """
    draft = Draft.objects.get(case=case)
    is_own = actor.pk is not None and actor.pk in {draft.contact_person_id, case.contact_person_id}
    if not is_own:
        permissions.check("cases.edit", actor, case)
    ended = (
        (lambda row: row.contact_person_id == actor.pk) if is_own else (lambda row: row.contact_person_id is not None)
    )
    _end(case, is_ended=ended, actor=actor, is_told=is_own and actor.pk != case.owner_id)


def end_lapsed_names() -> int:
    """Let names go whose day has passed. Returns: of how many cases. Effects: rows, audit, CaseContactLapsed."""
    with scopes_disabled():
        cases = Case.objects.filter(_names(Q(contact_until__lt=clock.today()))).distinct()
        today = clock.today()
        return _end_all(cases, is_ended=lambda row: row.contact_until is not None and row.contact_until < today)


def end_names_of(user_id: UUID, *, municipality_id: UUID | None = None) -> int:
    """Let the names of somebody go who has left a municipality, or everything.

    Takes:   municipality_id, the one that they had a role in; somebody who still has one there stays.
    Effects: rows, audit, CaseContactLapsed.
    """
    with scopes_disabled():
        cases = Case.objects.filter(_names(Q(contact_person_id=user_id))).distinct()
        if municipality_id is not None:
            cases = cases.filter(municipality_id=municipality_id)
            user = User.objects.filter(pk=user_id, is_active=True).first()
            if user is not None and is_member(user, municipality_id):
                return 0
        return _end_all(cases, is_ended=lambda row: row.contact_person_id == user_id)


def _names(condition: Q) -> Q:
    """Cases of which the condition holds for what readers see or for the draft."""
    with scopes_disabled():
        return condition | Q(pk__in=Draft.objects.filter(condition).values("case_id"))


def _end_all(cases: Iterable[Case], *, is_ended: Ended) -> int:
    ended = 0
    for case in list(cases):
        with scope(municipality=case.municipality_id):
            _end(case, is_ended=is_ended, actor=SYSTEM, is_told=True)
        ended += 1
    return ended


def _end(case: Case, *, is_ended: Ended, actor: Actor, is_told: bool) -> None:
    """Take the name out of what readers see and out of the draft, without making an edition: none ever held it."""
    with transaction.atomic():
        # As `publish` does, the draft is held first: what is copied from it meanwhile would bring the name back.
        draft = Draft.objects.select_for_update().get(case=case)
        if is_ended(draft):
            Draft.objects.filter(pk=draft.pk).update(**_NOBODY)
        if is_ended(case):
            Case.objects.filter(pk=case.pk).update(**_NOBODY)
            for name, value in _NOBODY.items():
                setattr(case, name, value)
        _record("cases.name_ended", case, actor)
        if is_told:
            events.publish(CaseContactLapsed(case_id=case.pk, municipality_id=case.municipality_id))


def _require_day(until: date) -> None:
    today = clock.today()
    if not today <= until <= a_year_after(today):
        raise ValidationError(
            {"until": _("Choose a day from today and at most a year ahead. It can be prolonged later.")}, code="day"
        )


def _require_asked(draft: Draft, actor: Actor) -> None:
    if actor.pk is None or actor.pk != draft.contact_person_id:
        raise PermissionDenied("cases.agree_to_be_named")


def _record(action: str, case: Case, actor: Actor) -> None:
    audit.record(action, actor=actor, subject=case, municipality_id=case.municipality_id)
