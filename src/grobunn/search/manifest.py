"""What search offers to the parts below it; the apps' registry calls it once."""

from django.utils.translation import gettext_lazy as _

from grobunn.kernel import permissions
from grobunn.kernel.api import scopes
from grobunn.organisations import sections
from grobunn.organisations.sections import Section
from grobunn.search import api, holdings, navigation, rules, synonyms
from grobunn.search.queries import synonyms_of


def register() -> None:
    """Declare permissions, scopes, what is held about people, the box in the header and the pages of the set-up."""
    permissions.declare(rules.PERMISSIONS)
    scopes.declare(api.SCOPES)
    holdings.register()
    navigation.register()
    synonyms.register(synonyms_of)
    sections.register(
        Section(
            label=_("Synonyms"),
            lead=_("So that people find it, whichever word they use."),
            url_name="search:synonyms",
            order=52,
            permission="search.set_synonyms",
        )
    )
    sections.register(
        Section(
            label=_("Unmet needs"),
            lead=_("What people have searched for here without finding it."),
            url_name="search:unmet",
            order=54,
            permission="search.see_unmet",
        )
    )
