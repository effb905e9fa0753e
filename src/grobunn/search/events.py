"""What search tells the features above."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from grobunn.kernel.events import Event, register


@register
@dataclass(frozen=True, kw_only=True)
class NewInSavedSearch(Event):
    """A saved search found something that it had not found before; `batch_id` names what."""

    name: ClassVar[str] = "search.new_in_saved_search"
    saved_search_id: UUID
    batch_id: UUID
