"""What stands with a case about those who took it into use: the context of `_adoptions.html` and `_spread.html`."""

from typing import Any

from django.http import HttpRequest
from django_scopes import scope

from grobunn.cases.models import Adoption, Case
from grobunn.cases.queries.adoptions import Record, considering_count, going_on_in, is_own_case, record_of
from grobunn.cases.queries.asked import questions_about, visits_held
from grobunn.cases.queries.beside import Beside
from grobunn.cases.rules import SPEAKERS
from grobunn.discussion.panel import Panel, panel_of
from grobunn.kernel import ids
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import is_member, municipality_by_id, roles_of


def adoption_panel(request: HttpRequest, case: Case, about: Beside) -> dict[str, Any]:
    """Who has it in use, what was asked, and what the reader may do about it; one SQL for each of what there is."""
    speaks_for = _speaks_for(request, case)
    is_of_origin = is_member(request.user, case.municipality_id)
    return {
        "record": record_of(case) if about.has_adoptions else Record(),
        "questions": list(questions_about(case)) if about.has_questions else [],
        "visits": list(visits_held(case)) if about.has_visits else [],
        "speaks_for": speaks_for,
        "own_adoption": _own_adoption(speaks_for, case),
        "is_of_origin": is_of_origin,
        "considering_count": considering_count(case) if is_of_origin else 0,
        "adoption_key": ids.new_id(),
        "panel": _panel(request, case),
    }


def _speaks_for(request: HttpRequest, case: Case) -> list[Municipality]:
    """The municipalities that the reader may take the case into use for."""
    held = {each.municipality_id for each in roles_of(request.user).held if each.role in SPEAKERS}
    places = [municipality_by_id(municipality_id) for municipality_id in sorted(held)]
    return [place for place in places if not is_own_case(case, place)]


def _own_adoption(speaks_for: list[Municipality], case: Case) -> Adoption | None:
    """How far the reader's municipality has come with it."""
    return going_on_in(speaks_for[0].pk, case.pk) if len(speaks_for) == 1 else None


def _panel(request: HttpRequest, case: Case) -> Panel | None:
    if not request.user.is_authenticated:
        return None
    with scope(municipality=case.municipality_id):
        return panel_of("case", case, actor=request.user)
