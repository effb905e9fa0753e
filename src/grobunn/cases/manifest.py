"""What cases offer to the parts that know no feature; the apps' registry calls it once."""

from django.utils.translation import gettext_lazy as _

from grobunn.accounts import privacy
from grobunn.cases import api, discussed, endings, findable, holdings, listed, navigation, rules
from grobunn.cases.notices import adopting, writing
from grobunn.discussion import registry as discussion
from grobunn.ideas.asides import THREAD
from grobunn.initiatives.asides import PAGE
from grobunn.kernel import permissions
from grobunn.kernel.api import scopes
from grobunn.notifications import kinds
from grobunn.search import registry as search
from grobunn.ui import sitemaps


def register() -> None:
    """Declare permissions, scopes, navigation, notices, search, discussion, sitemap and what is held about people."""
    permissions.declare(rules.PERMISSIONS)
    scopes.declare(api.SCOPES)
    navigation.register()
    for kind in (*writing.KINDS, *adopting.KINDS):
        kinds.register(kind)
    search.register(findable.SOURCE)
    sitemaps.register(listed.SITEMAP)
    discussion.register(discussed.CASE)
    discussion.register(discussed.ADOPTION)
    THREAD.register(endings.ASIDE)
    PAGE.register(endings.ON_INITIATIVE)
    privacy.register(
        "cases",
        holdings.held_about,
        label=_("Cases"),
        purpose=_("To show who may write a case, who answers for it, and who has agreed to be named in it."),
    )
