"""What these pages add to the house; the apps' registry calls it once."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grobunn.kernel import permissions
from grobunn.notifications import kinds
from grobunn.ui import navigation
from grobunn.ui.navigation import Entry, Place
from grobunn.web import handlers, rules


def register() -> None:
    """Declare permissions, the kind of notice that is put together here, and the entries of the navigation."""
    permissions.declare(rules.PERMISSIONS)
    kinds.register(handlers.NEW_IN_SAVED_SEARCH)
    navigation.register(Entry(label=_("Help"), url_name="web:help", order=90, place=Place.FOOTER, tells_page=True))
    navigation.register(Entry(label=_("My work"), url_name="web:my_work", order=30, is_visible=_is_signed_in))


def _is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated
