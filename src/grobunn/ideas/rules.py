"""Who may do what with ideas: predicates, and the one table of permissions."""

from typing import Any
from uuid import UUID

import rules

from grobunn.ideas.models import Idea, Visibility
from grobunn.ideas.states import OPEN, PUBLISHED, IdeaState
from grobunn.kernel.actors import Mandated, ReceiptHolder, SystemActor
from grobunn.kernel.permissions import Permission
from grobunn.organisations.models import LEADER_LINE, Municipality, Role
from grobunn.organisations.queries import roles_of

# Roles that may be given ideas to answer, and therefore have a queue.
HANDLING_ROLES = (*LEADER_LINE, Role.INNOVATION_ADVISER, Role.RND_CONTACT)


def _could_be(actor: Any, *roles: str) -> bool:
    return any(held.role in roles for held in roles_of(actor).held)


@rules.predicate
def is_system(actor: Any, idea: Idea | None) -> bool:
    """The installation itself."""
    return isinstance(actor, SystemActor)


@rules.predicate
def is_adviser(actor: Any, idea: Idea | None) -> bool:
    """Innovation adviser of the idea's municipality; with no idea yet, of any."""
    if idea is None:
        return _could_be(actor, Role.INNOVATION_ADVISER)
    return roles_of(actor).has(Role.INNOVATION_ADVISER, municipality_id=idea.municipality_id)


@rules.predicate
def is_holder(actor: Any, idea: Idea | None) -> bool:
    """Holds the idea, in person or by having the role in the unit; with no idea yet, could be given one."""
    if idea is None:
        return _could_be(actor, *HANDLING_ROLES)
    if actor.pk is not None and actor.pk in (idea.holder_id, idea.escalated_to_id):
        return True
    return idea.holder_unit_id is not None and idea.holder_unit_id in roles_of(actor).unit_ids(idea.holder_role)


@rules.predicate
def has_mandate(actor: Any, idea: Idea | None) -> bool:
    """Acts for a body that decides about this idea, as a panel does about what is pitched to it."""
    return isinstance(actor, Mandated) and idea is not None and actor.subject_id == idea.pk


@rules.predicate
def handles_there(actor: Any, subject: Municipality | Idea | None) -> bool:
    """Has a role that may be given ideas in a municipality, or where an idea is; with none named, anywhere."""
    if subject is None:
        return _could_be(actor, *HANDLING_ROLES)
    return roles_of(actor).has(*HANDLING_ROLES, municipality_id=_tenant_of(subject))


@rules.predicate
def advises_there(actor: Any, subject: Municipality | Idea | None) -> bool:
    """Innovation adviser of a municipality, or of where an idea is; with none named, anywhere."""
    if subject is None:
        return _could_be(actor, Role.INNOVATION_ADVISER)
    return roles_of(actor).has(Role.INNOVATION_ADVISER, municipality_id=_tenant_of(subject))


def _tenant_of(subject: Municipality | Idea) -> UUID:
    return subject.pk if isinstance(subject, Municipality) else subject.municipality_id


@rules.predicate
def is_writer(actor: Any, idea: Idea | None) -> bool:
    """Wrote it: the user, or whoever has the receipt; with no idea yet, could have."""
    if idea is None:
        return True
    if isinstance(actor, ReceiptHolder):
        return actor.receipt == idea.receipt
    return actor.pk is not None and actor.pk == idea.writer_id


@rules.predicate
def is_member(actor: Any, idea: Idea | None) -> bool:
    """Has a role in the idea's municipality; with no idea yet, in any."""
    municipality_ids = roles_of(actor).municipality_ids
    return bool(municipality_ids) if idea is None else idea.municipality_id in municipality_ids


@rules.predicate
def is_open_to_member(actor: Any, idea: Idea | None) -> bool:
    """Visible to everybody who works in the municipality."""
    return idea is None or idea.visibility in (Visibility.MUNICIPALITY, Visibility.PUBLIC)


@rules.predicate
def is_published(actor: Any, idea: Idea | None) -> bool:
    """Public, and somebody in the municipality has looked at it, or it was public where it was imported from."""
    return idea is None or (
        idea.visibility == Visibility.PUBLIC
        and (idea.state in PUBLISHED or (idea.is_imported and idea.state == IdeaState.RECEIVED))
    )


@rules.predicate
def is_untouched(actor: Any, idea: Idea | None) -> bool:
    """Nobody has taken it up yet."""
    return idea is None or idea.state == IdeaState.RECEIVED


@rules.predicate
def is_open(actor: Any, idea: Idea | None) -> bool:
    """Not finished."""
    return idea is None or idea.state in OPEN | {IdeaState.PARKED}


may_view = is_writer | is_published | (is_member & is_open_to_member) | is_holder | is_adviser

PERMISSIONS = {
    "ideas.submit": Permission(rules.always_true, "Anybody, signed in or not."),
    "ideas.view": Permission(
        may_view,
        "Its writer; those who handle it; everybody who works in the municipality unless it is internal; "
        "everybody if it is public and taken up.",
    ),
    "ideas.handle": Permission(
        is_holder | is_adviser | has_mandate,
        "The holder, and the innovation adviser; for one answer, whoever leads the panel to which it is pitched.",
    ),
    "ideas.tell_apart": Permission(
        is_holder | is_adviser | is_writer, "The holder, the innovation adviser, and the writer."
    ),
    "ideas.wake": Permission(is_system | is_holder | is_adviser, "The system on the date; the holder, the adviser."),
    "ideas.reopen": Permission(is_adviser, "The innovation adviser."),
    "ideas.reply": Permission(is_writer, "The writer, signed in or by receipt."),
    "ideas.edit": Permission(is_writer & is_untouched, "The writer, until it is taken up."),
    "ideas.withdraw": Permission(is_writer & is_open, "The writer, until it is answered."),
    "ideas.join": Permission(is_member & may_view, "Everybody who works in the municipality and sees it."),
    "ideas.comment": Permission(is_member & may_view, "Everybody who works in the municipality and sees it."),
    "ideas.say_helped": Permission(is_member & may_view, "Everybody who works in the municipality and sees it."),
    "ideas.see_queue": Permission(
        handles_there, "Leaders, R&D contacts and innovation advisers of the municipality; each sees what they handle."
    ),
    "ideas.set_up": Permission(
        advises_there, "The municipality's innovation adviser: routing, ready reasons, kinds of ideas."
    ),
    "ideas.export": Permission(advises_there, "The municipality's innovation adviser."),
}
