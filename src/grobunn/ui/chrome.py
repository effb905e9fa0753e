"""The header and the footer. Most pages show the same ones, so each is rendered once for everything that it shows.

What is kept is decided by what is shown and nothing else: the templates get `Shown` and the holes below, no request. A
person's links are worked out anew for every page; only the HTML that comes of them is kept.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.template import loader
from django.utils import translation
from django.utils.safestring import SafeString

from grobunn.ui import languages
from grobunn.ui.kept import Cut, cut, filled, hole
from grobunn.ui.navigation import Link
from grobunn.ui.search_box import BoxHere

_KEPT = 1024


@dataclass(frozen=True)
class Here:
    """The municipality of a page, as far as header and footer show it."""

    name: str
    logo_url: str
    accessibility_statement_url: str
    whistleblowing_url: str
    deviation_url: str


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Everything that the header and the footer show. Takes: user_name, None where nobody is signed in."""

    language: str | None
    municipality: Here | None
    user_name: str | None
    home_url: str
    login_url: str
    logout_url: str
    search: BoxHere | None
    appearance: str
    tool_links: tuple[Link, ...]
    main_links: tuple[Link, ...]
    account_links: tuple[Link, ...]
    footer_links: tuple[Link, ...]

    @property
    def languages(self) -> list[tuple[str, str, bool]]:
        """Each language's code, own name, and whether the page is in it."""
        return [(code, name, code == self.language) for code, name in languages.OWN_NAMES.items()]


def shown_by(frame: Any, request: HttpRequest) -> Shown:
    """What header and footer show on the page of a request. Takes: frame (ui.context)."""
    user = getattr(request, "user", None)
    is_signed_in = user is not None and user.is_authenticated
    return Shown(
        language=translation.get_language(),
        municipality=_here(frame.municipality),
        user_name=getattr(user, "name", "") if is_signed_in else None,
        home_url=frame.home_url,
        login_url=frame.login_url,
        logout_url=frame.logout_url,
        search=frame.search,
        appearance=frame.appearance,
        tool_links=tuple(frame.tool_links),
        main_links=tuple(frame.main_links),
        account_links=tuple(frame.account_links) if is_signed_in else (),
        footer_links=tuple(frame.footer_links),
    )


def rendered(template: str, shown: Shown, *, path: str, token: str) -> SafeString:
    """The header or the footer of a page. Takes: path, the page's own address; token, what its forms carry."""
    return filled(_with_holes(template, shown), {"path": path, "path_in_query": quote(path), "token": token})


@lru_cache(maxsize=_KEPT)
def _with_holes(template: str, shown: Shown) -> Cut:
    context = {
        "frame": shown,
        "user": {"is_authenticated": shown.user_name is not None, "name": shown.user_name},
        "request": True,
        "path": hole("path"),
        "path_in_query": hole("path_in_query"),
        "csrf_token": hole("token"),
    }
    return cut(loader.get_template(template).render(context))


def _here(municipality: Any) -> Here | None:
    if municipality is None:
        return None
    return Here(
        name=municipality.name,
        logo_url=municipality.logo_url,
        accessibility_statement_url=municipality.accessibility_statement_url,
        whistleblowing_url=municipality.whistleblowing_url,
        deviation_url=municipality.deviation_url,
    )
