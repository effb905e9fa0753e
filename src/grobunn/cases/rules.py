"""Who may do what with cases and adoptions: predicates, and the one table of permissions."""

from typing import Any
from uuid import UUID

import rules

from grobunn.cases.models import Adoption, Case, Question, Visit
from grobunn.cases.queries.authors import is_co_author_of
from grobunn.cases.states import CaseState
from grobunn.kernel.permissions import Permission
from grobunn.organisations.models import LEADER_LINE, Municipality, Role
from grobunn.organisations.queries import roles_of

# Roles that may speak for their municipality towards another.
SPEAKERS = (*LEADER_LINE, Role.INNOVATION_ADVISER, Role.RND_CONTACT)

Subject = Case | Adoption | Visit | Municipality | None


def _tenant_of(subject: Case | Adoption | Visit | Municipality) -> UUID:
    return subject.pk if isinstance(subject, Municipality) else subject.municipality_id


def _has_there(actor: Any, subject: Subject, *wanted: str) -> bool:
    """Whether an actor has one of some roles in a subject's municipality; with no subject, anywhere."""
    if subject is None:
        return any(held.role in wanted for held in roles_of(actor).held)
    return roles_of(actor).has(*wanted, municipality_id=_tenant_of(subject))


@rules.predicate
def is_published(actor: Any, case: Case | None) -> bool:
    """Everybody reads it."""
    return case is None or case.state == CaseState.PUBLISHED


@rules.predicate
def is_editor(actor: Any, subject: Subject) -> bool:
    """Innovation adviser of the municipality that keeps it; with none yet, of any."""
    return _has_there(actor, subject, Role.INNOVATION_ADVISER)


@rules.predicate
def is_member(actor: Any, subject: Subject) -> bool:
    """Has a role in the municipality; with none named, in any."""
    municipality_ids = roles_of(actor).municipality_ids
    return bool(municipality_ids) if subject is None else _tenant_of(subject) in municipality_ids


@rules.predicate
def is_author(actor: Any, case: Case | None) -> bool:
    """Owns it or writes it with the owner, and still has a role there; with no case yet, could."""
    if case is None:
        return bool(roles_of(actor).municipality_ids)
    if actor.pk is None or case.municipality_id not in roles_of(actor).municipality_ids:
        return False
    return actor.pk == case.owner_id or is_co_author_of(actor.pk, case.pk)


@rules.predicate
def is_owner(actor: Any, case: Case | None) -> bool:
    """Owns it, and still has a role there; with no case yet, could."""
    municipality_ids = roles_of(actor).municipality_ids
    if case is None:
        return bool(municipality_ids)
    return actor.pk is not None and actor.pk == case.owner_id and case.municipality_id in municipality_ids


@rules.predicate
def speaks_for_it(actor: Any, subject: Municipality | Adoption | None) -> bool:
    """Leader, innovation adviser or R&D contact of a municipality, or of the one that adopts; with none, of any."""
    return _has_there(actor, subject, *SPEAKERS)


@rules.predicate
def is_known(actor: Any, _subject: Any = None) -> bool:
    """Signed in."""
    return bool(actor.is_authenticated)


@rules.predicate
def sees_adoption(actor: Any, adoption: Adoption | None) -> bool:
    """Has a role with the adopter, or with the keeper of the case, which is credited and may comment."""
    municipality_ids = roles_of(actor).municipality_ids
    if adoption is None:
        return bool(municipality_ids)
    return bool({adoption.municipality_id, adoption.case.municipality_id} & municipality_ids)


@rules.predicate
def speaks_for_the_asker(actor: Any, asked: Visit | None) -> bool:
    """Speaks for the municipality that wishes to come; with no visit, for any."""
    return _has_there(actor, asked, *SPEAKERS)


@rules.predicate
def answers_for_its_case(actor: Any, asked: Question | Visit | None) -> bool:
    """Writes or edits the case that a question or visit is about; with none, could."""
    if asked is None:
        return bool(roles_of(actor).municipality_ids)
    return bool(is_author.test(actor, asked.case) or is_editor.test(actor, asked.case))


PERMISSIONS = {
    "cases.view": Permission(
        is_published | is_author | is_editor, "Everybody, once it is published; before that its writers and the editor."
    ),
    "cases.write": Permission(is_member, "Everybody with a role in the municipality."),
    "cases.edit": Permission(is_author | is_editor, "Its owner and co-authors, and the innovation adviser."),
    "cases.share_work": Permission(is_owner | is_editor, "Its owner and the innovation adviser."),
    "cases.review": Permission(is_editor, "The innovation adviser of the municipality that keeps it."),
    "cases.publish": Permission(is_editor, "The innovation adviser of the municipality that keeps it."),
    "cases.keep": Permission(is_owner | is_editor, "Its owner and the innovation adviser."),
    "cases.answer": Permission(
        answers_for_its_case, "Owner and co-authors of the case that is asked about, and the innovation adviser there."
    ),
    "cases.ask": Permission(
        speaks_for_it, "Leaders, innovation advisers and R&D contacts, for their own municipality: of another's case."
    ),
    "cases.receive_visit": Permission(
        answers_for_its_case, "Owner and co-authors of the case to be seen, and the innovation adviser there."
    ),
    "cases.close_visit": Permission(
        answers_for_its_case | speaks_for_the_asker,
        "Both sides: those who receive it, and those who speak for the guest.",
    ),
    "cases.adopt": Permission(
        speaks_for_it, "Leaders, innovation advisers and R&D contacts, for their own municipality."
    ),
    "cases.move_adoption": Permission(
        speaks_for_it, "Leaders, innovation advisers and R&D contacts of the municipality that adopts, nobody else."
    ),
    "cases.view_adoption": Permission(
        sees_adoption, "Everybody with a role in the municipality that adopts, or in the one that keeps the case."
    ),
    "cases.follow": Permission(is_known, "Everybody who is signed in."),
}
