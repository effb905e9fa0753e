"""What ideas offer to the parts that know no feature; the apps' registry calls it once."""

from grobunn.discussion import registry as discussion
from grobunn.ideas import api, discussed, findable, navigation, notices, rules
from grobunn.kernel import permissions
from grobunn.kernel.api import scopes
from grobunn.notifications import kinds
from grobunn.search import registry as search


def register() -> None:
    """Declare permissions, scopes, navigation, notices, search and discussion."""
    permissions.declare(rules.PERMISSIONS)
    scopes.declare(api.SCOPES)
    navigation.register()
    for kind in notices.KINDS:
        kinds.register(kind)
    search.register(findable.SOURCE)
    discussion.register(discussed.ATTACHABLE)
