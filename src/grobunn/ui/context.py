"""What every page's frame needs, worked out only when the frame asks for it."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from grobunn.ui import appearance, chrome, navigation, search_box, toasts
from grobunn.ui.navigation import Link, Place
from grobunn.ui.search_box import BoxHere


class Frame:
    """The frame around a page: navigation, messages, appearance, languages."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def municipality(self) -> Any:
        """The municipality that the page belongs to, or None."""
        return getattr(self._request, "municipality", None)

    @cached_property
    def main_links(self) -> list[Link]:
        return navigation.links(self._request, Place.MAIN)

    @cached_property
    def account_links(self) -> list[Link]:
        return navigation.links(self._request, Place.ACCOUNT)

    @cached_property
    def tool_links(self) -> list[Link]:
        return navigation.links(self._request, Place.TOOL)

    @cached_property
    def footer_links(self) -> list[Link]:
        return navigation.links(self._request, Place.FOOTER)

    @cached_property
    def search(self) -> BoxHere | None:
        """The box of search; None on a page that has its own."""
        return search_box.box_for(self._request)

    @cached_property
    def home_url(self) -> str:
        """The front page of the municipality, or of the installation."""
        return f"/{self.municipality.slug}/" if self.municipality else "/"

    @cached_property
    def login_url(self) -> str:
        return _address("account_login")

    @cached_property
    def logout_url(self) -> str:
        return _address("account_logout")

    @cached_property
    def toasts(self) -> list[toasts.Toast]:
        return toasts.waiting(self._request)

    @cached_property
    def appearance(self) -> str:
        return appearance.chosen(self._request)

    @cached_property
    def theme_url(self) -> str:
        """Address of the style sheet with the municipality's colour, or ""."""
        colour = getattr(self.municipality, "theme_colour", "")
        return reverse("ui:theme", kwargs={"colour": colour.removeprefix("#")}) if colour else ""

    @cached_property
    def shown(self) -> chrome.Shown:
        """What header and footer show."""
        return chrome.shown_by(self, self._request)

    @property
    def is_demo(self) -> bool:
        return bool(settings.DEMO)


def frame(request: HttpRequest) -> Mapping[str, Any]:
    """Context processor: `frame` in every template."""
    return {"frame": Frame(request)}


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
