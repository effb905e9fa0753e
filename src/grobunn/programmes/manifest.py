"""What programmes offer to the parts that know no feature; the apps' registry calls it once."""

from grobunn.kernel import permissions
from grobunn.programmes import navigation, rules, team_parts


def register() -> None:
    """Declare permissions, and add the entry in the navigation and the tabs of a cohort."""
    permissions.declare(rules.PERMISSIONS)
    navigation.register()
    team_parts.register()
