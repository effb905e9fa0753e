"""What programmes offer to the parts that know no feature; the apps' registry calls it once."""

from grobunn.kernel import permissions
from grobunn.programmes import rules


def register() -> None:
    """Declare permissions."""
    permissions.declare(rules.PERMISSIONS)
