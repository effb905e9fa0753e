"""What cases offer to the parts that know no feature; the apps' registry calls it once."""

from grobunn.cases import rules
from grobunn.kernel import permissions


def register() -> None:
    """Declare permissions."""
    permissions.declare(rules.PERMISSIONS)
