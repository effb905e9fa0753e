"""What can be talked about: each feature registers its kind of object; discussion knows no feature."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor
from grobunn.organisations.models import Municipality


class Subject(Protocol):
    """An object that is talked about."""

    @property
    def pk(self) -> Any: ...

    @property
    def municipality_id(self) -> UUID: ...

    @property
    def municipality(self) -> Municipality: ...


@dataclass(frozen=True, kw_only=True)
class Attachable:
    """One kind of object that people may comment on, applaud and follow.

    Takes: get_subject, the object of an id if the actor may see it, else None (it opens the scope that it needs);
           url_of, its page; comment_permission, asked with the object (None: nobody comments); moderate_permission,
           who may remove others' comments (None: nobody); applaud_permission and follow_permission, asked with the
           object (None: everybody signed in who sees it); holds_back, whether what an actor writes about an object
           waits until a moderator lets it through (None: nobody's does).
    """

    kind: str
    get_subject: Callable[[UUID, Any], Any | None]
    url_of: Callable[[Any], str]
    comment_permission: str | None = None
    moderate_permission: str | None = None
    applaud_permission: str | None = None
    follow_permission: str | None = None
    holds_back: Callable[[Any, Any], bool] | None = None

    def may_comment(self, actor: Actor, subject: Any) -> bool:
        """Whether an actor may write a comment on an object that they see."""
        return self.comment_permission is not None and self._allows(self.comment_permission, actor, subject)

    def may_moderate(self, actor: Actor, subject: Any) -> bool:
        """Whether an actor may remove what others wrote about an object."""
        return self.moderate_permission is not None and self._allows(self.moderate_permission, actor, subject)

    def may_applaud(self, actor: Actor, subject: Any) -> bool:
        """Whether an actor may applaud an object that they see."""
        return self._allows(self.applaud_permission, actor, subject)

    def may_follow(self, actor: Actor, subject: Any) -> bool:
        """Whether an actor may follow an object that they see."""
        return self._allows(self.follow_permission, actor, subject)

    def must_wait(self, actor: Actor, subject: Any) -> bool:
        """Whether what an actor writes is shown to others only when a moderator has let it through."""
        return self.holds_back is not None and self.holds_back(actor, subject)

    @staticmethod
    def _allows(permission: str | None, actor: Actor, subject: Any) -> bool:
        return bool(actor.is_authenticated) and (
            permission is None or permissions.is_allowed(permission, actor, subject)
        )


_attachables: dict[str, Attachable] = {}


def register(attachable: Attachable) -> Attachable:
    """Make a kind known; a kind may be registered once."""
    if attachable.kind in _attachables:
        raise ImproperlyConfigured(f"The kind {attachable.kind} is registered twice in discussion.")
    _attachables[attachable.kind] = attachable
    return attachable


def unregister(kind: str) -> None:
    """Forget a kind, for tests."""
    _attachables.pop(kind, None)


def attachable_of(kind: str) -> Attachable | None:
    """What is registered for a kind, or None if no feature offers it."""
    return _attachables.get(kind)
