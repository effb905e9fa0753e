"""What pitch days offer to the parts that know no feature; the apps' registry calls it once."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.juries import occasions
from grobunn.juries.occasions import Occasion, Outcome
from grobunn.kernel import permissions
from grobunn.pitching import navigation, rules

PITCH = Occasion(
    code="pitch",
    label=_("Pitch day"),
    outcomes=(
        Outcome("start", _("Start now"), is_yes=True),
        Outcome("park", pgettext_lazy("outcome", "Park")),
        Outcome("no", pgettext_lazy("outcome", "No")),
    ),
    decides_here=False,
)


def register() -> None:
    """Declare permissions, and what a pitch day asks of a panel."""
    permissions.declare(rules.PERMISSIONS)
    navigation.register()
    occasions.register(PITCH)
