"""Who writes a case beside its owner."""

from uuid import UUID

from django_scopes import scopes_disabled

from grobunn.cases.models import CoAuthor


def is_co_author_of(user_id: UUID, case_id: UUID) -> bool:
    """Whether somebody was let write a case; one SQL."""
    with scopes_disabled():
        return CoAuthor.objects.filter(user_id=user_id, case_id=case_id).exists()
