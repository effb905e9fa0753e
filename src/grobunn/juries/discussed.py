"""How entries are talked about: only by whoever may open one, and never by one who is disqualified."""

from typing import Any
from uuid import UUID

from django_scopes import scopes_disabled

from grobunn.discussion.registry import Attachable
from grobunn.juries.addresses import entry_page
from grobunn.juries.models import Entry
from grobunn.kernel import permissions

KIND = "entry"


def _get_subject(entry_id: UUID, actor: Any) -> Entry | None:
    with scopes_disabled():
        entry = Entry.objects.judged().filter(pk=entry_id).select_related("panel__municipality").first()
        return entry if entry is not None and permissions.is_allowed("juries.open", actor, entry) else None


ATTACHABLE = Attachable(
    kind=KIND,
    get_subject=_get_subject,
    url_of=entry_page,
    comment_permission="juries.open",
    moderate_permission="juries.moderate",
    follow_permission="juries.open",
)
