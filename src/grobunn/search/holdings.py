"""What search holds about a person, for the page and the export."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from grobunn.accounts import privacy
from grobunn.accounts.models import User
from grobunn.search.models import Judgement, NotSame
from grobunn.search.queries.saved import saved_searches_of


def register() -> None:
    """Tell what search holds."""
    privacy.register(
        "search",
        export,
        label=_("What you said is not the same"),
        purpose=_("So that two things are not put side by side again. Your name goes with your account."),
    )
    privacy.register(
        "search_helped",
        export_helped,
        label=_("What you said helped you"),
        purpose=_("So that search learns what is alike. Your name goes with your account."),
    )
    privacy.register(
        "saved_searches",
        export_saved,
        label=_("Your saved searches"),
        purpose=_(
            "So that you are told of what is new in them. They are deleted when you remove them, or with your account."
        ),
    )


def export(user: User) -> list[dict[str, Any]]:
    """The pairs that somebody said are not the same."""
    return [
        {
            "one": f"{pair.one_kind}:{pair.one_id}",
            "other": f"{pair.other_kind}:{pair.other_id}",
            "marked_at": pair.marked_at.isoformat(),
        }
        for pair in NotSame.objects.filter(marked_by=user).order_by("id")
    ]


def export_helped(user: User) -> list[dict[str, Any]]:
    """What somebody said helped them."""
    return [
        {
            "one": f"{each.one_kind}:{each.one_id}",
            "helped": f"{each.other_kind}:{each.other_id}",
            "judged_at": each.judged_at.isoformat(),
        }
        for each in Judgement.objects.filter(judged_by=user).order_by("id")
    ]


def export_saved(user: User) -> list[dict[str, Any]]:
    """The searches that somebody saved."""
    return [
        {"name": saved.name, "query": saved.query, "told": saved.told, "made_at": saved.made_at.isoformat()}
        for saved in saved_searches_of(user)
    ]
