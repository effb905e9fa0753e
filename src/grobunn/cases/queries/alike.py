"""Cases that are like one."""

from typing import Any

from grobunn.cases.models import Case
from grobunn.search.queries import Match, similar, worth_reading

_SHOWN = 4
_LOOKED_AT = 20


def cases_like(case: Case, *, user: Any) -> list[Match]:
    """The published cases that are most like one, best first."""
    found = similar(
        f"{case.title}. {case.lead} {case.need}",
        user=user,
        municipality_id=case.municipality_id,
        exclude=[("case", case.pk)],
        limit=_LOOKED_AT,
    )
    return worth_reading([match for match in found if match.kind == "case"])[:_SHOWN]
