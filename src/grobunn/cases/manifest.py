"""What cases offer to the parts that know no feature; the apps' registry calls it once."""

from grobunn.cases import discussed, findable, navigation, rules
from grobunn.cases.notices import adopting
from grobunn.discussion import registry as discussion
from grobunn.kernel import permissions
from grobunn.notifications import kinds
from grobunn.search import registry as search


def register() -> None:
    """Declare permissions, navigation, notices, search and discussion."""
    permissions.declare(rules.PERMISSIONS)
    navigation.register()
    for kind in adopting.KINDS:
        kinds.register(kind)
    search.register(findable.SOURCE)
    discussion.register(discussed.CASE)
    discussion.register(discussed.ADOPTION)
