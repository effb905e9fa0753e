"""What an initiative knows already of itself, so that nobody types it again when its case is told."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from grobunn.capacity.kinds import Kind
from grobunn.capacity.models import HoursUsed, Reservation
from grobunn.cases.models import CaseKind, Stage
from grobunn.cases.models.content import TITLE_LENGTH
from grobunn.cases.services.start import Beginning
from grobunn.ideas.models import Idea
from grobunn.initiatives.models import Feed, Initiative, Milestone
from grobunn.initiatives.queries.feeding import ideas_feeding
from grobunn.initiatives.states import InitiativeState
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.methods.queries import method_of
from grobunn.ui import dates

_STAGES: dict[str, str] = {
    InitiativeState.OPERATING: Stage.OPERATE,
    InitiativeState.LEARNED: Stage.CLOSED_LEARNED,
}


def beginning_from_initiative(initiative: Initiative, *, actor: Actor) -> Beginning:
    """A case's beginning as an initiative tells it: the need, the way, the solution, what came of it and what it took.

    Takes:   actor, who writes it: the need is in the words of the ideas that they may read.
    Returns: nothing of who did what: names do not belong in a case.
    """
    language = initiative.municipality.language
    need = "\n\n".join(idea.text for idea in ideas_feeding(initiative, actor=actor)) or initiative.summary
    with translation.override(language):
        content: dict[str, Any] = {
            "need": need,
            "process": _process(initiative),
            # Work that was begun with the words of its idea has said nothing yet of what was made.
            "solution": initiative.summary if initiative.summary != need else "",
            "effect": _effect(initiative),
            "lessons": _lessons(initiative),
            "stage": _STAGES.get(initiative.state) or _stage_of_work(initiative),
            "timeline": _timeline(initiative),
            **_who_answers(initiative),
            **_what_it_took(initiative),
        }
    kind = CaseKind.LEARNING if initiative.state == InitiativeState.LEARNED else CaseKind.SOLUTION
    return Beginning(title=initiative.title[:TITLE_LENGTH], kind=kind, language=language, content=content)


def first_idea_of(initiative: Initiative) -> Idea | None:
    """The idea that an initiative began with: its thread shows the case too."""
    feed = Feed.objects.filter(initiative=initiative).select_related("idea").order_by("since", "id").first()
    return feed.idea if feed else None


def _process(initiative: Initiative) -> str:
    """The method, the decisions at its gates with their reasons, and the milestones that were reached."""
    method = method_of(initiative.municipality_id, initiative.method, edition=initiative.method_edition)
    parts = [_("We worked by %(method)s.") % {"method": method.name}] if method else []
    passed = StateChange.objects.filter(subject_id=initiative.pk, edge="pass_gate").order_by("id")
    parts += [change.reason for change in passed if change.reason]
    reached = [f"- {row.title} ({dates.month(row.reached_on)})" for row in _reached(initiative)]
    return "\n\n".join([*parts, "\n".join(reached)]).strip()


def _effect(initiative: Initiative) -> str:
    hoped = _("We hoped for this: %(hypothesis)s") % {"hypothesis": initiative.hypothesis}
    return "\n\n".join(filter(None, [hoped, _reason_of(initiative, "put_in_operation")]))


def _lessons(initiative: Initiative) -> str:
    if not initiative.learned:
        return ""
    tried = _("We tried: %(tried)s") % {"tried": initiative.tried}
    learned = _("We learned: %(learned)s") % {"learned": initiative.learned}
    return f"{tried}\n\n{learned}"


def _reason_of(initiative: Initiative, edge: str) -> str:
    change = StateChange.objects.filter(subject_id=initiative.pk, edge=edge).order_by("-id").first()
    return change.reason if change else ""


def _stage_of_work(initiative: Initiative) -> str:
    return initiative.stage if initiative.stage in Stage.values else Stage.PILOT


def _reached(initiative: Initiative) -> list[Milestone]:
    return list(Milestone.objects.filter(initiative=initiative, reached_on__isnull=False).order_by("reached_on", "id"))


def _timeline(initiative: Initiative) -> list[dict[str, str]]:
    ended = timezone.localdate(initiative.ended_at) if initiative.ended_at else None
    days: list[tuple[date, str]] = [(timezone.localdate(initiative.started_at), _("Work began"))]
    days += [(row.reached_on, row.title) for row in _reached(initiative) if row.reached_on]
    if initiative.operates_since:
        days.append((initiative.operates_since, _("Taken into use")))
    if initiative.state == InitiativeState.LEARNED and ended:
        days.append((ended, _("Finished, with what we learned")))
    return [{"on": f"{day:%Y-%m}", "text": text} for day, text in sorted(days, key=lambda each: each[0])]


def _who_answers(initiative: Initiative) -> dict[str, Any]:
    """Whoever runs it now, else the owner's role; never a person."""
    unit = initiative.runs_unit or initiative.owner_unit
    return {
        "contact_role": initiative.runs_role or initiative.owner_role,
        "contact_unit_id": unit.pk,
        "contact_mailbox": unit.mailbox or initiative.municipality.mailbox,
    }


def _what_it_took(initiative: Initiative) -> dict[str, Any]:
    hours = HoursUsed.objects.filter(claim_id=initiative.pk).aggregate(total=Sum("hours"))["total"]
    money = Reservation.objects.filter(claim_id=initiative.pk, source__kind=Kind.MONEY).aggregate(total=Sum("amount"))
    return {"hours": _whole(hours), "one_off_nok": _whole(money["total"])}


def _whole(amount: Decimal | None) -> int | None:
    return round(amount) if amount else None
