"""What capacity offers to the parts that know no feature; the apps' registry calls it once."""

from django.utils.translation import gettext_lazy as _

from grobunn.accounts import privacy
from grobunn.capacity import api, holdings, navigation, notices, rules
from grobunn.kernel import permissions
from grobunn.kernel.api import scopes
from grobunn.notifications import kinds


def register() -> None:
    """Declare permissions, scopes, navigation, notices and what is held about people."""
    permissions.declare(rules.PERMISSIONS)
    scopes.declare(api.SCOPES)
    navigation.register()
    api.refusals.register()
    for kind in notices.KINDS:
        kinds.register(kind)
    privacy.register(
        "capacity",
        holdings.held_about,
        label=_("Capacity and hours"),
        purpose=_("To see how much help there is, and how much was used; never to compare people."),
    )
