"""The life of an adoption in sentences, for those who see its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grobunn.cases.models import Adoption
from grobunn.kernel.models import StateChange

_SENTENCES: Mapping[str, Promise] = {
    "create": _("%(adopter)s began to consider it."),
    "plan": _("%(adopter)s plans to do it."),
    "replan": _("%(adopter)s changed when they want to begin."),
    "try_out": _("%(adopter)s is trying it out."),
    "take_into_use": _("%(adopter)s has taken it into use."),
    "confirm": _("%(adopter)s confirmed that it is still in use."),
    "tell": _("%(adopter)s told more about what it gave."),
    "stop": _("%(adopter)s stopped."),
}


@dataclass(frozen=True)
class LifeLine:
    """One step: when, in a sentence, and in the adopter's own words."""

    at: datetime
    sentence: str
    words: str


def life_of_adoption(adoption: Adoption) -> list[LifeLine]:
    """Every step of an adoption, oldest first; one SQL."""
    name = adoption.adopter.name
    return [
        LifeLine(at=change.at, sentence=str(_SENTENCES[change.edge]) % {"adopter": name}, words=change.reason)
        for change in StateChange.objects.filter(subject_id=adoption.pk).order_by("id")
        if change.edge in _SENTENCES
    ]
