"""How much there is of everything that belongs to an initiative, read together with it.

Its page reads what there is, and asks for nothing that it knows not to be there.
"""

import json
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django_scopes import scopes_disabled

from grobunn.initiatives.models import Initiative
from grobunn.kernel import clock

_COUNTS = """
jsonb_build_object(
    'ideas', (SELECT count(*) FROM initiatives_feed WHERE initiative_id = initiatives_initiative.id),
    'helpers', (SELECT count(*) FROM initiatives_helper
                 WHERE initiative_id = initiatives_initiative.id AND (until_on IS NULL OR until_on >= %s)),
    'reservations', (SELECT count(*) FROM capacity_reservation WHERE claim_id = initiatives_initiative.id),
    'hours', (SELECT count(*) FROM capacity_hoursused WHERE claim_id = initiatives_initiative.id),
    'reports', (SELECT count(*) FROM initiatives_report WHERE initiative_id = initiatives_initiative.id),
    'tasks', (SELECT count(*) FROM initiatives_task
               WHERE initiative_id = initiatives_initiative.id AND removed_at IS NULL AND done_at IS NULL)
) || (
    SELECT jsonb_build_object('files', count(*), 'hand_ins', count(*) FILTER (WHERE hand_in <> ''))
      FROM initiatives_attachment WHERE initiative_id = initiatives_initiative.id AND removed_at IS NULL
) || (
    SELECT jsonb_build_object(
               'all_milestones', count(*), 'milestones', count(*) FILTER (WHERE reached_on IS NULL),
               'late_milestones', count(*) FILTER (WHERE reached_on IS NULL AND due_on < %s))
      FROM initiatives_milestone WHERE initiative_id = initiatives_initiative.id AND removed_at IS NULL
) || (
    SELECT jsonb_build_object(
               'all_risks', count(*), 'risks', count(*) FILTER (WHERE closed_at IS NULL),
               'loose_risks', count(*) FILTER (WHERE closed_at IS NULL AND measure = ''))
      FROM initiatives_risk WHERE initiative_id = initiatives_initiative.id AND removed_at IS NULL
)
"""


@dataclass(frozen=True)
class Counts:
    """How much there is.

    Takes: ideas that feed it; helpers of today; reservations and hours of capacity; milestones that are not reached,
           late_milestones of those; tasks and risks that are open, loose_risks without a word of what is done.
    """

    ideas: int
    helpers: int
    reservations: int
    hours: int
    reports: int
    tasks: int
    files: int
    hand_ins: int
    all_milestones: int
    milestones: int
    late_milestones: int
    all_risks: int
    risks: int
    loose_risks: int


def with_counts(initiatives: QuerySet[Initiative], *, today: date) -> QuerySet[Initiative]:
    """Initiatives that are read together with their counts."""
    return initiatives.annotate(_counts=RawSQL(_COUNTS, (today, today)))  # noqa: S611 -- words of ours, and two days


def counts_of(initiative: Initiative) -> Counts:
    """The counts that an initiative was read with; one SQL where it was read without."""
    if "_counts" not in vars(initiative):
        with scopes_disabled():
            initiative = with_counts(Initiative.objects.filter(pk=initiative.pk), today=clock.today()).get()
    return Counts(**json.loads(vars(initiative)["_counts"]))


def has_no(initiative: Initiative, name: str) -> bool:
    """Whether an initiative was read with the news that there is none of something; False where nobody has counted."""
    return "_counts" in vars(initiative) and getattr(counts_of(initiative), name) == 0
