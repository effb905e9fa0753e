"""What methods offer to the parts that know no feature; the apps' registry calls it once."""

from django.utils.translation import gettext_lazy as _

from grobunn.kernel import permissions
from grobunn.kernel.api import scopes
from grobunn.methods import api, rules
from grobunn.organisations import sections
from grobunn.organisations.sections import Section


def register() -> None:
    """Declare permissions and scopes, and add the set-up."""
    permissions.declare(rules.PERMISSIONS)
    scopes.declare(api.SCOPES)
    sections.register(
        Section(
            label=_("Methods"),
            lead=_("What work goes through, from the first thought to everyday use: what is offered, and your own."),
            url_name="methods:list",
            order=48,
            permission="methods.set_up",
        )
    )
