"""What initiatives offer to the parts that know no feature; the apps' registry calls it once."""

from django.utils.translation import gettext_lazy as _

from grobunn.accounts import privacy
from grobunn.discussion import registry as discussion
from grobunn.ideas import later, starting
from grobunn.ideas.starting import Starter
from grobunn.initiatives import api, asides, claims, discussed, findable, holdings, navigation, requirements, rules
from grobunn.initiatives.addresses import start_page
from grobunn.initiatives.notices import deciding, owning, working, writers
from grobunn.initiatives.queries.initiatives import is_carried
from grobunn.initiatives.queries.readiness import has_milestone_in_time, has_risks_in_hand
from grobunn.initiatives.requirements import Requirement
from grobunn.initiatives.services.take_back import take_back_start
from grobunn.initiatives.telling import lines_for_writer
from grobunn.initiatives.views import life
from grobunn.kernel import permissions
from grobunn.kernel.api import scopes
from grobunn.notifications import kinds
from grobunn.search import registry as search


def register() -> None:
    """Declare permissions, scopes, notices, search, parts of pages, what is held about people, what gates may ask."""
    permissions.declare(rules.PERMISSIONS)
    scopes.declare(api.SCOPES)
    navigation.register()
    for kind in (*owning.KINDS, *deciding.KINDS, *working.KINDS, *writers.KINDS):
        kinds.register(kind)
    search.register(findable.SOURCE)
    discussion.register(discussed.ATTACHABLE)
    asides.PAGE.register(life.ASIDE)
    claims.register()
    later.register("initiatives", lines_for_writer)
    starting.register(Starter(page=start_page, is_carried=is_carried, take_back=take_back_start))
    privacy.register(
        "initiatives",
        holdings.held_about,
        label=_("Initiatives"),
        purpose=_("To show who owns an initiative, who helps it, and who decided and wrote what of it."),
    )
    requirements.register(
        Requirement("owner", _("an owner in the line who has said yes"), lambda each: not each.is_owner_asked)
    )
    requirements.register(
        Requirement("hypothesis", _("the hoped-for benefit in one sentence"), lambda each: bool(each.hypothesis))
    )
    requirements.register(Requirement("milestone", _("milestones, with none overdue"), has_milestone_in_time))
    requirements.register(Requirement("risks", _("risks, each with what we do about it"), has_risks_in_hand))
