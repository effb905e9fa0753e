"""What happens to accounts, for the features above."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from grobunn.kernel.events import Event, register


@register
@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Event):
    """Somebody took up an invitation; `payload` is what the sender gave with it."""

    name: ClassVar[str] = "accounts.invitation_accepted"
    invitation_id: UUID
    user_id: UUID
    municipality_id: UUID
    invited_by_id: UUID | None
    payload: dict[str, Any]


@register
@dataclass(frozen=True, kw_only=True)
class ServiceMade(Event):
    """A municipality got a program of its own that may use the API."""

    name: ClassVar[str] = "accounts.service_made"
    user_id: UUID
    municipality_id: UUID


@register
@dataclass(frozen=True, kw_only=True)
class UserLeft(Event):
    """Somebody was taken out of use: sessions and tokens have ended."""

    name: ClassVar[str] = "accounts.user_left"
    user_id: UUID


@register
@dataclass(frozen=True, kw_only=True)
class UserDeleted(Event):
    """An account is gone. The id is all that is left of it; references to it are already null."""

    name: ClassVar[str] = "accounts.user_deleted"
    user_id: UUID
