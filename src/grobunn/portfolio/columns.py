"""The columns of the board: where work stands, whatever its method calls it."""

from django.db import models
from django.db.models import Case, F, Value, When
from django.utils.translation import pgettext_lazy

from grobunn.initiatives.states import InitiativeState
from grobunn.methods.stages import Stage


class Column(models.TextChoices):
    """The stage of what is under way; on hold; and the two good ends."""

    IDEA = "idea", pgettext_lazy("stage", "Idea")
    TRIAGE = "triage", pgettext_lazy("stage", "Triage")
    CONCEPT = "concept", pgettext_lazy("stage", "Concept")
    PILOT = "pilot", pgettext_lazy("stage", "Pilot")
    IMPLEMENT = "implement", pgettext_lazy("stage", "Implementation")
    OPERATE = "operate", pgettext_lazy("column", "Handing over to operation")
    REALISE = "realise", pgettext_lazy("column", "Following up benefits")
    PAUSED = "paused", pgettext_lazy("column", "On hold")
    OPERATING = "operating", pgettext_lazy("initiative", "In operation")
    LEARNED = "learned", pgettext_lazy("column", "Finished, with what we learned")


# Stages of work, in its order.
WORK = (
    Column.IDEA,
    Column.TRIAGE,
    Column.CONCEPT,
    Column.PILOT,
    Column.IMPLEMENT,
    Column.OPERATE,
    Column.REALISE,
)
ENDS = (Column.OPERATING, Column.LEARNED)
# Always on the board; other stages only where there is work in them.
ALWAYS = frozenset({Column.CONCEPT, Column.PILOT, Column.IMPLEMENT, Column.PAUSED, Column.OPERATING, Column.LEARNED})

IN_SQL = Case(
    When(state=InitiativeState.UNDERWAY, then=F("stage")),
    When(state=InitiativeState.PAUSED, then=Value(Column.PAUSED.value)),
    When(state=InitiativeState.OPERATING, then=Value(Column.OPERATING.value)),
    default=Value(Column.LEARNED.value),
    output_field=models.CharField(),
)


def narrowed_to(column: str) -> dict[str, str]:
    """What a column asks of an initiative: fields and their values."""
    states = {
        Column.PAUSED: InitiativeState.PAUSED,
        Column.OPERATING: InitiativeState.OPERATING,
        Column.LEARNED: InitiativeState.LEARNED,
    }
    if column in states:
        return {"state": states[Column(column)].value}
    return {"state": InitiativeState.UNDERWAY.value, "stage": Stage(column).value}
