"""What there is beside a published case, asked at once: most have been neither asked about nor visited."""

from dataclasses import dataclass

from django.db import connection

from grobunn.cases.models import Case
from grobunn.cases.queries.published import EditionLine

_BESIDE = """
    SELECT EXISTS (SELECT FROM cases_adoption WHERE case_id = %(case)s),
        EXISTS (SELECT FROM cases_question WHERE case_id = %(case)s),
        EXISTS (SELECT FROM cases_visit WHERE case_id = %(case)s),
        array_agg(number ORDER BY number DESC), array_agg(published_at ORDER BY number DESC),
        array_agg(note ORDER BY number DESC)
    FROM cases_edition WHERE case_id = %(case)s
"""


@dataclass(frozen=True)
class Beside:
    """Takes: editions, the newest first; the rest, whether there is any that is worth asking for."""

    editions: tuple[EditionLine, ...]
    has_adoptions: bool
    has_questions: bool
    has_visits: bool


def beside(case: Case) -> Beside:
    """What there is beside a case; one SQL."""
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE, {"case": case.pk})
        row = cursor.fetchone()
    has_adoptions, has_questions, has_visits, numbers, times, notes = row
    editions = tuple(EditionLine(*each) for each in zip(numbers or (), times or (), notes or (), strict=True))
    return Beside(editions, has_adoptions, has_questions, has_visits)
