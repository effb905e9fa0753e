"""What happens to mails that others may want to know."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from grobunn.kernel import events


@events.register
@dataclass(frozen=True, kw_only=True)
class MailFailed(events.Event):
    """A notice could not be delivered by mail: the address is wrong, or its server refused it for days."""

    name: ClassVar[str] = "notifications.mail_failed"
    municipality_id: UUID
    kind: str
    key: str
    thread_key: str
