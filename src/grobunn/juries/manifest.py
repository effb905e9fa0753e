"""What juries offer to the parts that know no feature; the apps' registry calls it once."""

from grobunn.juries import occasions, rules
from grobunn.kernel import permissions


def register() -> None:
    """Declare permissions and the occasion that needs no other feature."""
    permissions.declare(rules.PERMISSIONS)
    occasions.register(occasions.ASSESSMENT)
