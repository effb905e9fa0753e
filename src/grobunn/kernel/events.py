"""Events: news that travels upwards, after commit, at least once.

`publish` writes one job for each handler inside the caller's transaction: a rolled-back write tells nobody, and a
process killed right after its commit forgets nothing. A handler may meet the same event twice (a worker that died
after its work): it must be safe to repeat, by the event's id.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar, get_args, get_type_hints
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

from grobunn.kernel import clock, ids, jobs


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that happened. Fields are ids, texts, numbers, booleans, dates: what JSON carries."""

    name: ClassVar[str]
    id: UUID = field(default_factory=ids.new_id)
    at: datetime = field(default_factory=clock.now)


E = TypeVar("E", bound=Event)
Handler = Callable[[Any], None]

_types: dict[str, type[Event]] = {}
_is_withheld: ContextVar[bool] = ContextVar("is_withheld", default=False)
_handlers: dict[str, dict[str, Handler]] = {}


def register(event_type: type[E]) -> type[E]:
    """Make an event type known by its name (class decorator)."""
    if event_type.name in _types:
        raise ImproperlyConfigured(f"The event {event_type.name} is registered twice.")
    _types[event_type.name] = event_type
    return event_type


def registered() -> dict[str, type[Event]]:
    """Every event type by name."""
    return dict(sorted(_types.items()))


def handlers_of(event_type: type[Event]) -> list[str]:
    """Names of the handlers that listen to an event type."""
    return sorted(_handlers.get(event_type.name, {}))


def subscribe(*event_types: type[Event]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Listen to event types (function decorator). The handler's name is its module and function."""

    def listen(handler: Callable[[E], None]) -> Callable[[E], None]:
        for event_type in event_types:
            name = f"{handler.__module__.removeprefix('grobunn.')}.{handler.__name__}"
            _handlers.setdefault(event_type.name, {})[name] = handler
        return handler

    return listen


@contextmanager
def withheld() -> Iterator[None]:
    """Publish nothing: what is made up as if it had happened long ago is news to nobody."""
    token = _is_withheld.set(True)
    try:
        yield
    finally:
        _is_withheld.reset(token)


def publish(event: Event) -> None:
    """Tell every handler after commit. Effects: one job per handler, in the caller's transaction."""
    if _is_withheld.get():
        return
    for handler_name in handlers_of(type(event)):
        jobs.defer("kernel.deliver_event", event=event.name, handler=handler_name, fields=_packed(event))


def deliver(event_name: str, handler_name: str, packed: dict[str, Any]) -> None:
    """Hand a packed event to one handler; a handler that no longer exists is passed over."""
    handler = _handlers.get(event_name, {}).get(handler_name)
    if handler is not None:
        handler(_unpacked(_types[event_name], packed))


def _packed(event: Event) -> dict[str, Any]:
    return {name: _as_json(value) for name, value in asdict(event).items()}


def _as_json(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def _unpacked(event_type: type[Event], packed: dict[str, Any]) -> Event:
    hints = get_type_hints(event_type)
    values = {f.name: _from_json(packed[f.name], hints[f.name]) for f in fields(event_type) if f.name in packed}
    return event_type(**values)


def _from_json(value: Any, hint: Any) -> Any:
    if not isinstance(value, str):
        return value
    kinds = get_args(hint) or (hint,)
    if UUID in kinds:
        return UUID(value)
    if datetime in kinds:
        return datetime.fromisoformat(value)
    if date in kinds:
        return date.fromisoformat(value)
    return value


@jobs.job("kernel.deliver_event")
def deliver_event(*, event: str, handler: str, fields: dict[str, Any]) -> None:
    """Hand one event to one handler."""
    deliver(event, handler, fields)
