"""Where panels stand in the navigation, and the tabs that every panel has."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.juries import tabs
from grobunn.juries.models import Panel
from grobunn.juries.queries.members import keeps_on_panel, member_of
from grobunn.juries.rules import sets_up
from grobunn.juries.states import FINISHED, RELEASED, PanelPart, PanelState
from grobunn.juries.tabs import PanelTab
from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor
from grobunn.organisations import sections
from grobunn.organisations.sections import Section
from grobunn.ui import navigation
from grobunn.ui.navigation import Entry


def register() -> None:
    """Add the entry, and the tabs of the pages that stand here."""
    navigation.register(
        Entry(
            label=_("Panels"),
            url_name="juries:list",
            order=46,
            needs_municipality=True,
            is_visible=_has_panels,
        )
    )
    sections.register(
        Section(
            label=_("Criteria"),
            lead=_("What panels judge by: ready sets, and your own."),
            url_name="juries:sets",
            order=49,
            permission="juries.set_up",
        )
    )
    tabs.register(PanelTab(label=pgettext_lazy("panel", "Overview"), url_name="panel", order=10))
    tabs.register(PanelTab(label=_("Your impartiality"), url_name="declare", order=20, is_visible=_declares))
    tabs.register(PanelTab(label=_("Impartiality"), url_name="assess", order=25, is_visible=_assesses))
    tabs.register(PanelTab(label=_("Criteria"), url_name="criteria", order=80))
    tabs.register(PanelTab(label=_("Set up"), url_name="facts", order=90, is_visible=_runs))
    tabs.register(PanelTab(label=_("Share out"), url_name="share_out", order=35, is_visible=_shares_out))
    tabs.register(PanelTab(label=_("Give scores"), url_name="scoring", order=40, is_visible=_is_scored))
    tabs.register(
        PanelTab(label=pgettext_lazy("panel", "Compare"), url_name="compare", order=40, is_visible=_is_compared)
    )


def _has_panels(request: HttpRequest) -> bool:
    """Who sets up the municipality of the page, and who is on one of its panels as far as the session knows."""
    here = getattr(request, "municipality", None) or getattr(request, "home_municipality", None)
    return bool(here) and (sets_up.test(request.user, here) or keeps_on_panel(request, here))


def _declares(panel: Panel, actor: Actor) -> bool:
    return member_of(panel, actor) is not None and panel.state != PanelState.PREPARING


def _assesses(panel: Panel, actor: Actor) -> bool:
    """Everybody who could take part; whether there is anything to assess, the tab does not tell."""
    member = member_of(panel, actor)
    return member is None or member.part != PanelPart.SUBSTITUTE


def _runs(panel: Panel, actor: Actor) -> bool:
    return panel.state not in FINISHED and permissions.is_allowed("juries.run", actor, panel)


def _is_scored(panel: Panel, actor: Actor) -> bool:
    """Whether figures are given, and the reader gives them or follows how far it has come."""
    member = member_of(panel, actor)
    has_come = panel.state in (PanelState.SCORING, *RELEASED) and not panel.is_pairwise
    return has_come and (member is None or member.scores or permissions.is_allowed("juries.run", actor, panel))


def _is_compared(panel: Panel, actor: Actor) -> bool:
    member = member_of(panel, actor)
    return panel.is_pairwise and panel.state == PanelState.SCORING and member is not None and member.scores


def _shares_out(panel: Panel, actor: Actor) -> bool:
    shares = panel.state in (PanelState.PREPARING, PanelState.DECLARING, PanelState.SCORING)
    return shares and permissions.is_allowed("juries.run", actor, panel)
