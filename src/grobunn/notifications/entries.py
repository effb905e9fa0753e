"""Where the header leads to notices and mails."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grobunn.notifications import queries
from grobunn.ui import navigation
from grobunn.ui.navigation import Entry, Place


def _is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def _is_operator(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.is_operator


def _is_demo(_request: HttpRequest) -> bool:
    return bool(settings.DEMO)


def _unread(request: HttpRequest) -> int:
    return queries.unread_count(request.user) if request.user.is_authenticated else 0


def register() -> None:
    """Add the entries."""
    navigation.register(
        Entry(
            label=_("Notices"),
            url_name="notifications:inbox",
            place=Place.TOOL,
            icon="Bell",
            is_visible=_is_signed_in,
            count=_unread,
        )
    )
    navigation.register(
        Entry(
            label=_("What you get by mail"),
            url_name="notifications:settings",
            place=Place.ACCOUNT,
            is_visible=_is_signed_in,
        )
    )
    navigation.register(
        Entry(
            label=_("Mails that stopped"),
            url_name="notifications:stopped_mails",
            place=Place.ACCOUNT,
            order=90,
            is_visible=_is_operator,
        )
    )
    navigation.register(
        Entry(label=_("Outbox"), url_name="notifications:outbox", place=Place.FOOTER, order=90, is_visible=_is_demo)
    )
