"""What initiatives hold about a person, for the person's own page and export."""

from typing import Any

from django.db.models import Q
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.initiatives.models import Attachment, Entry, Helper, Initiative, Milestone, Report, Risk, Task
from grobunn.initiatives.states import MACHINE
from grobunn.kernel.models import StateChange

# What somebody may have written of an initiative, by the name that the export has for it.
_WRITTEN = {
    "entries": Entry,
    "reports": Report,
    "tasks": Task,
    "milestones": Milestone,
    "risks": Risk,
    "files": Attachment,
}


def held_about(user: User) -> dict[str, Any]:
    """Initiatives that somebody owns, owned or helps, their tasks, what they wrote and the steps that they took."""
    with scopes_disabled():
        owned_before = StateChange.objects.filter(machine=MACHINE.name, before__owner_id=str(user.pk))
        return {
            "owns": _references(Q(owner=user)),
            "owned_before": _references(Q(pk__in=owned_before.values("subject_id"))),
            "helps": [
                {"initiative": row.initiative.reference, "with": row.kind, "since": row.made_at.date().isoformat()}
                for row in Helper.objects.filter(user=user).select_related("initiative").order_by("made_at", "id")
            ],
            "tasks": [
                {"initiative": row.initiative.reference, "task": row.title, "is_done": row.done_at is not None}
                for row in Task.objects.filter(assignee=user).select_related("initiative").order_by("made_at", "id")
            ],
            "wrote": {name: _of_initiatives(model, user) for name, model in _WRITTEN.items()},
            "steps": [
                {"at": row.at.isoformat(), "step": row.edge, "reason": row.reason}
                for row in StateChange.objects.filter(machine=MACHINE.name, actor_id=user.pk).order_by("id")
            ],
        }


def _references(condition: Q) -> list[str]:
    return list(Initiative.objects.filter(condition).order_by("reference").values_list("reference", flat=True))


def _of_initiatives(model: Any, user: User) -> list[dict[str, str]]:
    """What somebody wrote of one sort: of which initiative, when, and its words."""
    rows = model._base_manager.filter(made_by=user).select_related("initiative").order_by("made_at", "id")
    return [
        {
            "initiative": row.initiative.reference,
            "at": row.made_at.isoformat(),
            "words": getattr(row, "title", "") or getattr(row, "text", "") or getattr(row, "status", ""),
        }
        for row in rows
    ]
