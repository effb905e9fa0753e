"""The tabs of what comes out: results, decision, protocol."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.juries import tabs
from grobunn.juries.models import Panel, Protocol
from grobunn.juries.states import RELEASED, PanelState
from grobunn.kernel.actors import Actor


def _is_released(panel: Panel, _actor: Actor) -> bool:
    return panel.state in RELEASED


def _has_protocol(panel: Panel, actor: Actor) -> bool:
    """Once it is signed; while the decision is open again, the edition that was signed."""
    if panel.state in (PanelState.DECIDED, PanelState.CLOSED):
        return True
    return _is_released(panel, actor) and Protocol.objects.filter(panel=panel).exists()


def register() -> None:
    """Add the tabs."""
    tabs.register(tabs.PanelTab(label=_("Results"), url_name="results", order=40, is_visible=_is_released))
    tabs.register(
        tabs.PanelTab(label=pgettext_lazy("panel", "Decision"), url_name="decisions", order=50, is_visible=_is_released)
    )
    tabs.register(tabs.PanelTab(label=_("Protocol"), url_name="protocol", order=60, is_visible=_has_protocol))
