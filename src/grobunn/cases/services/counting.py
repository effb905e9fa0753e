"""How many municipalities have a case in use: always counted anew, never added to."""

from uuid import UUID

from django.db import connection
from django_scopes import scopes_disabled

from grobunn.cases.models import Case

# A municipality counts once, however many of its predecessors began; the keeper's own does not count at all.
_COUNT = """
UPDATE cases_case SET adoption_count = (
    SELECT count(DISTINCT adoption.municipality_id) FROM cases_adoption adoption
     WHERE adoption.case_id = cases_case.id AND adoption.state = 'in_use'
       AND adoption.municipality_id <> cases_case.municipality_id)
 WHERE id = %s
"""


def locked_case(case_id: UUID) -> Case:
    """A case that nobody else begins, moves or counts an adoption of until the transaction ends."""
    with scopes_disabled():
        return Case.objects.select_for_update(of=("self",)).select_related("municipality", "origin").get(pk=case_id)


def recount_adoptions(case_id: UUID) -> None:
    """Count who has a case in use. The caller holds the case (`locked_case`): so two counts never miss each other."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [case_id])
