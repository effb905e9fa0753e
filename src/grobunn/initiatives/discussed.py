"""How initiatives are talked about: who sees one, who comments, where its page is."""

from typing import Any
from uuid import UUID

from django_scopes import scopes_disabled

from grobunn.discussion.registry import Attachable
from grobunn.initiatives.addresses import initiative_page
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.initiatives import for_user

KIND = "initiative"


def _get_subject(initiative_id: UUID, actor: Any) -> Initiative | None:
    with scopes_disabled():
        return for_user(actor).filter(pk=initiative_id).select_related("municipality", "owner_unit").first()


ATTACHABLE = Attachable(
    kind=KIND,
    get_subject=_get_subject,
    url_of=initiative_page,
    comment_permission="initiatives.view",
    moderate_permission="initiatives.work",
    follow_permission="initiatives.view",
)
