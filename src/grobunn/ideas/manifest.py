"""What ideas offer to the parts that know no feature; the apps' registry calls it once."""

from django.utils.translation import gettext_lazy as _

from grobunn.accounts import privacy
from grobunn.discussion import registry as discussion
from grobunn.ideas import api, discussed, findable, holdings, navigation, notices, rules
from grobunn.kernel import permissions
from grobunn.kernel.api import scopes
from grobunn.notifications import kinds
from grobunn.search import registry as search


def register() -> None:
    """Declare permissions, scopes, navigation, notices, search, discussion and what is held about people."""
    permissions.declare(rules.PERMISSIONS)
    scopes.declare(api.SCOPES)
    navigation.register()
    for kind in notices.KINDS:
        kinds.register(kind)
    search.register(findable.SOURCE)
    discussion.register(discussed.ATTACHABLE)
    privacy.register(
        "ideas",
        holdings.held_about,
        label=_("Ideas"),
        purpose=_("To answer you, and to show who wrote an idea and who holds it."),
    )
