"""Who may do what with stories: predicates, and the one table of permissions."""

from typing import Any
from uuid import UUID

import rules

from grobunn.kernel.actors import SystemActor
from grobunn.kernel.permissions import Permission
from grobunn.organisations.models import SETTERS_UP, Municipality
from grobunn.organisations.queries import roles_of
from grobunn.stories.models import Story
from grobunn.stories.states import StoryState

# Who decides what a municipality tells the world: the roles that set up its other pages too.
EDITOR_ROLES = SETTERS_UP


def tenant_of(subject: Municipality | Story) -> UUID:
    """The municipality of a subject, which may be one itself."""
    return subject.pk if isinstance(subject, Municipality) else subject.municipality_id


@rules.predicate
def is_system(actor: Any, story: Story | None) -> bool:
    """The installation itself."""
    return isinstance(actor, SystemActor)


@rules.predicate
def is_signed_in(actor: Any, story: Story | None) -> bool:
    """Somebody with an account."""
    return bool(actor.is_authenticated)


@rules.predicate
def is_member(actor: Any, subject: Municipality | Story | None) -> bool:
    """Has a role in the municipality; with none named, in any."""
    municipality_ids = roles_of(actor).municipality_ids
    return bool(municipality_ids) if subject is None else tenant_of(subject) in municipality_ids


@rules.predicate
def is_editor(actor: Any, subject: Municipality | Story | None) -> bool:
    """Has an editor's role in the municipality; with none named, in any."""
    roles = roles_of(actor)
    if subject is None:
        return any(held.role in EDITOR_ROLES for held in roles.held)
    return roles.has(*EDITOR_ROLES, municipality_id=tenant_of(subject))


@rules.predicate
def is_author(actor: Any, story: Story | None) -> bool:
    """Wrote it; with no story yet, could have."""
    if actor.pk is None:
        return False
    return story is None or actor.pk in story.author_ids


@rules.predicate
def is_draft(actor: Any, story: Story | None) -> bool:
    """Not scheduled, and never out."""
    return story is None or story.state == StoryState.DRAFT


@rules.predicate
def is_out(actor: Any, story: Story | None) -> bool:
    """Everybody can read it."""
    return story is None or story.state == StoryState.PUBLISHED


may_view = is_out | is_editor | is_author

PERMISSIONS = {
    "stories.view": Permission(
        may_view, "Everybody once it is published; before and after that its authors and the editors."
    ),
    "stories.write": Permission(is_member, "Everybody with a role in the municipality."),
    "stories.edit": Permission(
        is_editor | (is_author & is_member & is_draft),
        "The editors (innovation adviser, chief executive); its authors while it is a draft.",
    ),
    "stories.hand_in": Permission(is_author & is_member & is_draft, "Its authors, while it is a draft."),
    "stories.publish": Permission(is_editor, "The editors: the municipality's innovation adviser and chief executive."),
    "stories.go_out": Permission(is_system, "The system, in the minute that an editor chose."),
    "stories.withdraw": Permission(is_editor | (is_author & is_member), "The editors and its authors."),
    "stories.throw_away": Permission(
        is_draft & (is_editor | (is_author & is_member)), "The editors and its authors, while it is a draft."
    ),
    "stories.consent": Permission(is_author, "Each author, about themselves alone."),
    "stories.comment": Permission(
        is_signed_in & is_out, "Everybody signed in, once it is published; from outside the municipality it waits."
    ),
    "stories.moderate": Permission(is_editor, "The editors."),
}
