"""What juries offer to the parts that know no feature; the apps' registry calls it once."""

from grobunn.discussion import registry as discussion
from grobunn.juries import discussed, navigation, occasions, outcome_tabs, rules
from grobunn.kernel import permissions


def register() -> None:
    """Declare permissions, the occasion that needs no other feature, and the places in navigation."""
    permissions.declare(rules.PERMISSIONS)
    occasions.register(occasions.ASSESSMENT)
    discussion.register(discussed.ATTACHABLE)
    navigation.register()
    outcome_tabs.register()
