"""Where ideas stand in the navigation and in the set-up, and who sees which entry."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grobunn.kernel import permissions
from grobunn.organisations import sections
from grobunn.organisations.models import Municipality, MunicipalityKind
from grobunn.organisations.sections import Section
from grobunn.ui import navigation
from grobunn.ui.navigation import Entry


def register() -> None:
    """Add the entries."""
    for entry in (
        Entry(label=_("New idea"), url_name="ideas:write", order=10, needs_municipality=True, is_visible=_takes_ideas),
        Entry(label=_("Ideas"), url_name="ideas:list", order=20, needs_municipality=True, is_visible=_has_ideas),
        Entry(label=_("Queue"), url_name="ideas:queue", order=40, needs_municipality=True, is_visible=_may_see_queue),
    ):
        navigation.register(entry)
    for order, name, label, lead in (
        (43, "routing", _("Routing"), _("Who gets which ideas, tried on the latest ones before it is saved.")),
        (42, "kinds", _("Kinds of ideas"), _("What somebody with an idea may choose among.")),
        (45, "reasons", _("Ready answers"), _("Reasons in plain words that whoever answers can start from.")),
    ):
        sections.register(
            Section(label=label, lead=lead, url_name=f"ideas:{name}", order=order, permission="ideas.set_up")
        )


def _here(request: HttpRequest) -> Municipality | None:
    """The municipality of the page; on a page that belongs to none, the person's own."""
    return getattr(request, "municipality", None) or getattr(request, "home_municipality", None)


def _takes_ideas(request: HttpRequest) -> bool:
    here = _here(request)
    return here.is_in_use if here else False


def _has_ideas(request: HttpRequest) -> bool:
    here = _here(request)
    return (here.is_in_use or here.kind == MunicipalityKind.ARCHIVE) if here else False


def _may_see_queue(request: HttpRequest) -> bool:
    here = _here(request)
    return bool(here) and permissions.is_allowed("ideas.see_queue", request.user, here)
