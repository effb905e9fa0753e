"""The canonical stages: what every method's phases are counted as. A leaf."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """From the first sentence to the benefit, or to what was learned."""

    IDEA = "idea", pgettext_lazy("stage", "Idea")
    TRIAGE = "triage", pgettext_lazy("stage", "Triage")
    CONCEPT = "concept", pgettext_lazy("stage", "Concept")
    PILOT = "pilot", pgettext_lazy("stage", "Pilot")
    IMPLEMENT = "implement", pgettext_lazy("stage", "Implementation")
    OPERATE = "operate", pgettext_lazy("stage", "In operation")
    REALISE = "realise", pgettext_lazy("stage", "Benefits realised")
    CLOSED_LEARNED = "closed_learned", _("Finished, with what we learned")


# The order of work; what is finished by learning may come from any of them.
IN_ORDER = (Stage.IDEA, Stage.TRIAGE, Stage.CONCEPT, Stage.PILOT, Stage.IMPLEMENT, Stage.OPERATE, Stage.REALISE)
# What a phase of a method may be counted as; the two ends are states of what runs by it, not phases of work.
OF_PHASES = (Stage.IDEA, Stage.TRIAGE, Stage.CONCEPT, Stage.PILOT, Stage.IMPLEMENT, Stage.OPERATE, Stage.REALISE)
