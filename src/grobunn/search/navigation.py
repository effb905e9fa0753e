"""Where search stands: the box in the header, in the municipality that one is in or at home in, else in all."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grobunn.ui import navigation, search_box
from grobunn.ui.navigation import Entry, Place
from grobunn.ui.search_box import Box


def register() -> None:
    """Put the box of search into the header, and the person's saved searches into their menu."""
    search_box.register(
        Box(
            here="search:here",
            everywhere="search:everywhere",
            suggestions_here="search:suggestions_here",
            suggestions_everywhere="search:suggestions_everywhere",
            own_pages=frozenset({"search:here", "search:everywhere"}),
        )
    )
    navigation.register(
        Entry(
            label=_("Saved searches"),
            url_name="search:saved",
            place=Place.ACCOUNT,
            order=30,
            is_visible=_is_signed_in,
            icon="Bookmark",
        )
    )


def _is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated
