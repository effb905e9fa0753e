"""Where cases stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from grobunn.ui import navigation
from grobunn.ui.navigation import Entry


def register() -> None:
    """Add the entries."""
    navigation.register(Entry(label=_("Examples"), url_name="cases:library", order=25))
