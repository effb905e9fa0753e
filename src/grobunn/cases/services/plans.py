"""An adopter's own plan: its copy of the steps, its notes and its costs. Nobody else reads it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from grobunn.cases.models import Adoption
from grobunn.cases.packages import MOST_STEPS, STEP_LENGTH, Step
from grobunn.cases.states import ADOPTION_MESSAGES
from grobunn.cases.validators import validate_no_identity_numbers
from grobunn.kernel import audit, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import SomebodyWasFirst, TransitionRefused


class TooManySteps(TransitionRefused):
    """More steps than a plan that anybody reads."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an adopter keeps for itself. Takes: costs in whole kroner, None where nobody has counted."""

    steps: Sequence[Step]
    notes: str = ""
    one_off_nok: int | None = None
    yearly_nok: int | None = None
    hours: int | None = None


def save_plan(adoption: Adoption, *, actor: Actor, plan: Plan, revision: int) -> Adoption:
    """Keep the plan as it is now written; steps without words go.

    Takes:   revision that the writer began from: what a colleague has saved since is not overwritten.
    Raises:  PermissionDenied; SomebodyWasFirst; TooManySteps; ValidationError for a national identity number.
    Effects: row, audit. The same plan saved again changes nothing.
    """
    permissions.check("cases.move_adoption", actor, adoption)
    fields = {**asdict(plan), "steps": _cleaned(plan.steps), "notes": plan.notes.strip()}
    validate_no_identity_numbers(fields)
    if all(getattr(adoption, name) == value for name, value in fields.items()):
        return adoption
    with scopes_disabled(), transaction.atomic():
        unsaved = Adoption.objects.filter(pk=adoption.pk, revision=revision)
        if not unsaved.update(**fields, revision=F("revision") + 1):
            raise SomebodyWasFirst(ADOPTION_MESSAGES.somebody_was_first)
        audit.record("adoptions.save_plan", actor=actor, subject=adoption, municipality_id=adoption.municipality_id)
    for name, value in {**fields, "revision": revision + 1}.items():
        setattr(adoption, name, value)
    return adoption


def _cleaned(steps: Sequence[Step]) -> list[Step]:
    told = [Step(text=" ".join(step["text"].split())[:STEP_LENGTH], is_done=step["is_done"]) for step in steps]
    kept = [step for step in told if step["text"]]
    if len(kept) > MOST_STEPS:
        raise TooManySteps(_("There is room for %(count)s steps. Gather some of them in one.") % {"count": MOST_STEPS})
    return kept
