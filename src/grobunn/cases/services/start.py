"""Beginning to write a case: from nothing, or from the thread of an idea."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from grobunn.accounts.models import User
from grobunn.cases.models import Case, CaseKind, Draft
from grobunn.cases.models.cases import SLUG_LENGTH
from grobunn.cases.models.content import TITLE_LENGTH
from grobunn.cases.states import CASES
from grobunn.cases.validators import validate_no_identity_numbers
from grobunn.ideas.models import Idea
from grobunn.initiatives.models import Initiative
from grobunn.kernel import audit, permissions, slugs, statemachine
from grobunn.kernel.actors import Actor
from grobunn.organisations.models import Municipality

# Addresses under `/eksempler/` that are pages of their own.
RESERVED_SLUGS = frozenset(
    {"ny", "kart", "sammenlign", "temaer", "feed", "api", "eksport", "opsi", "utkast", "mine", "samtykke", "folger"}
)


@dataclass(frozen=True)
class Beginning:
    """What a new case is begun with. Takes: content, fields of the draft that are known already."""

    title: str
    kind: str = CaseKind.SOLUTION
    language: str = ""
    content: dict[str, Any] = field(default_factory=dict)


def start_case(
    municipality: Municipality,
    *,
    beginning: Beginning,
    actor: Actor,
    idea: Idea | None = None,
    initiative: Initiative | None = None,
) -> Case:
    """Begin a case with its draft; whoever begins it owns it.

    Takes:   idea, the thread that the case tells the end of, and initiative, the work that it tells, if there are.
    Returns: the case; the one that is there already, if the idea or the initiative has one or the same form was sent
             twice.
    Raises:  ValidationError without a title; PermissionDenied.
    Effects: rows, history, audit.
    """
    permissions.check("cases.write", actor, municipality)
    if initiative is not None:
        permissions.check("initiatives.view", actor, initiative)
    elif idea is not None:
        permissions.check("ideas.view", actor, idea)
    title = beginning.title.strip()
    if not title:
        raise ValidationError({"title": _("Give the case a name first. You can change it later.")}, code="required")
    validate_no_identity_numbers({"title": title})
    with transaction.atomic():
        # Whoever sends twice waits here for themselves.
        Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
        known = _begun_before(municipality, title, actor=actor, idea=idea, initiative=initiative)
        return known or _begin(municipality, title, beginning=beginning, actor=actor, idea=idea, initiative=initiative)


def _begun_before(
    municipality: Municipality, title: str, *, actor: Actor, idea: Idea | None, initiative: Initiative | None
) -> Case | None:
    cases = Case.objects.filter(municipality=municipality)
    if initiative is not None:
        told = cases.filter(initiative=initiative).first()
        return told or (cases.filter(idea=idea).first() if idea is not None else None)
    if idea is not None:
        return cases.filter(idea=idea).first()
    untouched = Draft.objects.filter(municipality=municipality, revision=1, title=title).values("case_id")
    return cases.filter(owner_id=actor.pk, owner__isnull=False, pk__in=untouched, published_at=None).first()


def _begin(
    municipality: Municipality,
    title: str,
    *,
    beginning: Beginning,
    actor: Actor,
    idea: Idea | None,
    initiative: Initiative | None,
) -> Case:
    language = beginning.language or municipality.language
    case = Case(
        municipality=municipality,
        origin=municipality,
        slug=free_slug(title),
        owner_id=actor.pk,
        idea=idea,
        initiative=initiative,
        kind=beginning.kind,
        language=language,
        is_synthetic=isinstance(actor, User) and actor.is_synthetic,
    )
    case.save(force_insert=True)
    # How far it has come is said by somebody, or by nobody.
    known = {"title": title[:TITLE_LENGTH], "kind": beginning.kind, "language": language, "stage": ""}
    content = known | beginning.content
    Draft(municipality=municipality, case=case, saved_by_id=actor.pk, **content).save(force_insert=True)
    statemachine.record_change(
        CASES,
        case,
        edge_name="create",
        to_state=case.state,
        actor=actor,
        data=_told_from(idea, initiative),
    )
    audit.record("cases.start", actor=actor, subject=case, municipality_id=municipality.pk)
    return case


def _told_from(idea: Idea | None, initiative: Initiative | None) -> dict[str, str]:
    told = {"idea": idea.reference} if idea else {}
    return {**told, "initiative": initiative.reference} if initiative else told


def free_slug(title: str, *, but: Case | None = None) -> str:
    """An address made of a title that no other case has. Takes: but, the case that may have it already."""
    start = slugs.beginning(title, length=SLUG_LENGTH, otherwise="eksempel")
    others = Case._base_manager.filter(slug__startswith=start)
    taken = set((others.exclude(pk=but.pk) if but else others).values_list("slug", flat=True))
    return slugs.free(start, taken=taken, reserved=RESERVED_SLUGS)
