"""What programmes offer to the parts that know no feature; the apps' registry calls it once."""

from django.utils.translation import gettext_lazy as _

from grobunn.accounts import privacy
from grobunn.kernel import permissions
from grobunn.kernel.api import scopes
from grobunn.notifications import kinds
from grobunn.programmes import (
    alumni_parts,
    api,
    attendance_parts,
    diploma_parts,
    evaluation_parts,
    holdings,
    navigation,
    notices,
    rules,
    team_parts,
)


def register() -> None:
    """Declare permissions, scopes, notices, what is held about people, and what stands in the navigation."""
    permissions.declare(rules.PERMISSIONS)
    scopes.declare(api.SCOPES)
    navigation.register()
    team_parts.register()
    attendance_parts.register()
    alumni_parts.register()
    diploma_parts.register()
    evaluation_parts.register()
    for kind in notices.KINDS:
        kinds.register(kind)
    privacy.register(
        "programmes",
        holdings.held_about,
        label=_("Programmes"),
        purpose=_("To invite you, to tell you when you meet, and to prove what you completed."),
    )
