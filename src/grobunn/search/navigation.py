"""Where search stands: the box in the header, in the municipality that one is in or at home in, else in all."""

from grobunn.ui import search_box
from grobunn.ui.search_box import Box


def register() -> None:
    """Put the box of search into the header."""
    search_box.register(
        Box(
            here="search:here",
            everywhere="search:everywhere",
            suggestions_here="search:suggestions_here",
            suggestions_everywhere="search:suggestions_everywhere",
            own_pages=frozenset({"search:here", "search:everywhere"}),
        )
    )
