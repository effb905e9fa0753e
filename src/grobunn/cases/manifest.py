"""What cases offer to the parts that know no feature; the apps' registry calls it once."""

from grobunn.cases import findable, navigation, rules
from grobunn.kernel import permissions
from grobunn.search import registry as search


def register() -> None:
    """Declare permissions, navigation and search."""
    permissions.declare(rules.PERMISSIONS)
    navigation.register()
    search.register(findable.SOURCE)
