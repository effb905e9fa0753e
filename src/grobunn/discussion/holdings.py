"""What discussion holds about a person, for the page and the export."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from grobunn.accounts import privacy
from grobunn.accounts.models import User
from grobunn.discussion.models import Applause, Comment, Follow


def register() -> None:
    """Tell what discussion holds."""
    privacy.register(
        "discussion",
        export,
        label=_("Your comments, and what you applaud and follow"),
        purpose=_(
            "So that others can read what you say and you hear what happens. Applause and following end with your "
            "account; your comments stay without your name."
        ),
    )


def export(user: User) -> dict[str, Any]:
    """Everything that somebody said, applauds and follows."""
    with scopes_disabled():
        written = Comment.objects.filter(author=user).order_by("id")
        return {
            "comments": [
                {"about": f"{row.kind}:{row.subject_id}", "written_at": row.written_at.isoformat(), "text": row.text}
                for row in written
            ],
            "applause": _about(Applause.objects.filter(user=user)),
            "following": _about(Follow.objects.filter(user=user)),
        }


def _about(rows: Any) -> list[str]:
    return [f"{kind}:{subject_id}" for kind, subject_id in rows.order_by("id").values_list("kind", "subject_id")]
