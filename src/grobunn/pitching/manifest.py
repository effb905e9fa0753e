"""What pitch days offer to the parts that know no feature; the apps' registry calls it once."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.accounts import privacy
from grobunn.juries import occasions
from grobunn.juries import tabs as panels
from grobunn.juries.occasions import Occasion, Outcome
from grobunn.kernel import permissions
from grobunn.kernel.api import scopes
from grobunn.notifications import kinds
from grobunn.pitching import api, holdings, notices, rules
from grobunn.pitching.queries.minutes import protocol_part
from grobunn.pitching.views.asides import ON_COHORT, ON_LISTS, ON_THREAD, entry_page, panel_occasion_page
from grobunn.programmes import team_parts
from grobunn.programmes.views.asides import LIST, OVERVIEW

PITCH = Occasion(
    code="pitch",
    label=_("Pitch day"),
    outcomes=(
        Outcome("start", _("Start now"), is_yes=True),
        Outcome("park", pgettext_lazy("outcome", "Park")),
        Outcome("no", pgettext_lazy("outcome", "No")),
    ),
    page=panel_occasion_page,
    entry_page=entry_page,
    decides_here=False,
    protocol_part=protocol_part,
)


def register() -> None:
    """Declare permissions, and what a pitch day asks of a panel."""
    permissions.declare(rules.PERMISSIONS)
    scopes.declare(api.SCOPES)
    team_parts.ON_THREAD.register(ON_THREAD)
    OVERVIEW.register(ON_COHORT)
    LIST.register(ON_LISTS)
    panels.LIST.register(ON_LISTS)
    occasions.register(PITCH)
    kinds.register(notices.MOVED)
    privacy.register(
        "pitching",
        holdings.held_about,
        label=_("Pitch days"),
        purpose=_("To ask whoever is named as the owner of a proposal, and to show who led the day."),
    )
