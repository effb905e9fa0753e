"""What stories offer to the parts that know no feature; the apps' registry calls it once."""

from django.utils.translation import gettext_lazy as _

from grobunn.accounts import privacy
from grobunn.discussion import registry as discussion
from grobunn.ideas.asides import THREAD
from grobunn.kernel import permissions
from grobunn.kernel.api import scopes
from grobunn.notifications import kinds
from grobunn.search import registry as search
from grobunn.search.mentions import MENTIONS
from grobunn.stories import api, discussed, findable, holdings, listed, mentions, navigation, notices, rules
from grobunn.ui import sitemaps


def register() -> None:
    """Declare permissions, scopes, navigation, notices, search, discussion, sitemap and what is held about people."""
    permissions.declare(rules.PERMISSIONS)
    scopes.declare(api.SCOPES)
    navigation.register()
    for kind in notices.KINDS:
        kinds.register(kind)
    search.register(findable.SOURCE)
    discussion.register(discussed.ATTACHABLE)
    sitemaps.register(listed.SITEMAP)
    MENTIONS.register(mentions.ASIDE)
    THREAD.register(mentions.ON_THREAD)
    privacy.register(
        "stories",
        holdings.held_about,
        label=_("Stories and newsletters"),
        purpose=_("To show who wrote a story, with their consent, and to send the newsletters that you asked for."),
    )
