"""Who acts when it is not a signed-in user: the system itself, or somebody who holds a receipt code."""

from dataclasses import dataclass
from typing import Any, ClassVar, Protocol


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


SYSTEM = SystemActor()
