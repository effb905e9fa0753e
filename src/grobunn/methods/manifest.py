"""What methods offer to the parts that know no feature; the apps' registry calls it once."""

from grobunn.kernel import permissions
from grobunn.kernel.api import scopes
from grobunn.methods import api, rules


def register() -> None:
    """Declare permissions and scopes."""
    permissions.declare(rules.PERMISSIONS)
    scopes.declare(api.SCOPES)
