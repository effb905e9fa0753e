"""Who acts when it is not simply a signed-in user: the system itself, a receipt's holder, somebody for a body."""

from dataclasses import dataclass
from typing import Any, ClassVar, Protocol
from uuid import UUID


class Actor(Protocol):
    """What a permission predicate may ask of anyone; Django's users fit it."""

    @property
    def pk(self) -> Any: ...

    @property
    def is_authenticated(self) -> Any: ...


@dataclass(frozen=True)
class SystemActor:
    """The installation itself: a deadline that passed, a date that came."""

    pk: ClassVar[None] = None
    is_authenticated: ClassVar[bool] = False


@dataclass(frozen=True)
class ReceiptHolder:
    """Somebody who knows a receipt code, and nothing else is known of them."""

    receipt: str
    pk: ClassVar[None] = None
    is_authenticated: ClassVar[bool] = False


class Mandated:
    """Somebody who does one thing to one object for a body that decides about it, and may do no more by that.

    Made only by a service that has checked that the body decides, and that this person leads it. What is written says
    who it was, as for anybody; `body` is its name, for the sentence that others read.
    """

    def __init__(self, actor: Actor, *, subject_id: UUID, body: str) -> None:
        self.pk = actor.pk
        self.is_authenticated = actor.is_authenticated
        self.subject_id = subject_id
        self.body = body


SYSTEM = SystemActor()
