"""What panels hold about a person, for the person's own page and export."""

from typing import Any

from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.juries.models import Assessment, Conflict, Declaration, Member, Party, Score
from grobunn.juries.states import MACHINE
from grobunn.kernel.models import StateChange


def held_about(user: User) -> dict[str, Any]:
    """Panels that somebody is or was on, what they declared and gave, and entries that they are behind.

    Of an entry only its title: the page of one's own data opens nothing that the panel keeps closed.
    """
    with scopes_disabled():
        return {
            "on": [
                {
                    "panel": row.panel.reference,
                    "part": row.part,
                    "title": row.title,
                    "employer": row.employer,
                    "expertise": row.expertise,
                    "from": row.joined_at.isoformat(),
                    "to": row.left_at.isoformat() if row.left_at else None,
                }
                for row in Member.objects.filter(user=user).select_related("panel").order_by("joined_at")
            ],
            "declared": [
                {"entry": row.entry.title, "ground": row.ground, "text": row.text, "at": row.declared_at.isoformat()}
                for row in Declaration.objects.filter(member__user=user).select_related("entry").order_by("declared_at")
            ],
            "impartiality": [
                {"entry": row.entry.title, "state": row.state}
                for row in Conflict.objects.filter(member__user=user).select_related("entry").order_by("found_at")
            ],
            "scores": _scores(user),
            "behind": list(
                Party.objects.filter(user=user).order_by("entry__title").values_list("entry__title", flat=True)
            ),
            "assessed": Assessment.objects.filter(made_by=user).count(),
            "steps": [
                {"at": row.at.isoformat(), "step": row.edge, "reason": row.reason}
                for row in StateChange.objects.filter(machine=MACHINE.name, actor_id=user.pk).order_by("id")
            ],
        }


def _scores(user: User) -> list[dict[str, Any]]:
    rows = Score.objects.filter(member__user=user).select_related("entry", "criterion").order_by("entry__title", "pk")
    return [
        {
            "entry": row.entry.title,
            "criterion": row.criterion.name if row.criterion else "",
            "value": row.value,
            "note": row.note,
        }
        for row in rows
    ]
