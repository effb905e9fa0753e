"""Every event: what it says, what it carries, who listens."""

from dataclasses import fields

from grobunn.config.reference.tables import NOTE, first_line, table
from grobunn.kernel import events
from grobunn.kernel.events import Event

_EVERY = {field.name for field in fields(Event)}


def page() -> str:
    """Events by name."""
    rows = [
        (
            f"`{name}`",
            first_line(event_type.__doc__),
            ", ".join(f"`{field.name}`" for field in fields(event_type) if field.name not in _EVERY),
            ", ".join(f"`{handler}`" for handler in events.handlers_of(event_type) if ".tests." not in handler) or "–",
        )
        for name, event_type in events.registered().items()
    ]
    return (
        f"{NOTE}\n# Events\n\nTold after commit, at least once; every event also carries `id` and `at`.\n\n"
        f"{table(('event', 'means', 'carries', 'heard by'), rows)}"
    )
