"""What follows an object that another municipality looks after from now on."""

from uuid import UUID

from django_scopes import scopes_disabled

from grobunn.discussion.models import Applause, Comment, Follow
from grobunn.organisations.models import Municipality


def move_discussion(kind: str, subject_id: UUID, *, to: Municipality) -> None:
    """Let comments, applause and following of an object belong to the municipality that it belongs to now."""
    with scopes_disabled():
        for model in (Comment, Applause, Follow):
            model.objects.filter(kind=kind, subject_id=subject_id).update(municipality=to)
