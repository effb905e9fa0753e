"""What juries offer to the parts that know no feature; the apps' registry calls it once."""

from django.utils.translation import gettext_lazy as _

from grobunn.accounts import privacy
from grobunn.discussion import registry as discussion
from grobunn.juries import api, discussed, holdings, navigation, occasions, outcome_tabs, rules
from grobunn.juries.notices import discussing, impartiality, moving, scoring
from grobunn.kernel import permissions
from grobunn.kernel.api import scopes
from grobunn.notifications import kinds


def register() -> None:
    """Declare permissions, the occasion that needs no other feature, and the places in navigation."""
    permissions.declare(rules.PERMISSIONS)
    scopes.declare(api.SCOPES)
    for kind in (*impartiality.KINDS, *scoring.KINDS, *moving.KINDS, *discussing.KINDS):
        kinds.register(kind)
    occasions.register(occasions.ASSESSMENT)
    discussion.register(discussed.ATTACHABLE)
    navigation.register()
    outcome_tabs.register()
    privacy.register(
        "juries",
        holdings.held_about,
        label=_("Panels"),
        purpose=_("To show who judged what, that they were impartial, and whom an entry concerns."),
    )
