"""What capacity offers to the parts that know no feature; the apps' registry calls it once."""

from grobunn.capacity import rules
from grobunn.kernel import permissions


def register() -> None:
    """Declare permissions."""
    permissions.declare(rules.PERMISSIONS)
