"""Readers' answers to "was this useful?". Nothing of the reader is kept."""

from datetime import timedelta
from uuid import UUID

from django_scopes import scopes_disabled

from grobunn.cases.models import Case, Verdict
from grobunn.kernel import clock

KEPT_DAYS = 365
# So long somebody who said no may add why.
_WHY_WITHIN = timedelta(hours=1)


def give_verdict(case: Case, *, is_useful: bool, key: UUID) -> None:
    """Keep one answer.

    Takes:   key, of the form: sent twice, it is kept once.
    Effects: row of Verdict.
    """
    with scopes_disabled():
        Verdict.objects.bulk_create(
            [Verdict(municipality_id=case.municipality_id, case=case, is_useful=is_useful, key=key)],
            ignore_conflicts=True,
        )


def say_why(case: Case, *, key: UUID, why: str) -> bool:
    """Add to a no what was missing, once, shortly after it was given.

    Returns: whether it was kept.
    Effects: row of Verdict.
    """
    with scopes_disabled():
        open_ones = Verdict.objects.filter(
            case=case, key=key, is_useful=False, why="", at__gte=clock.now() - _WHY_WITHIN
        )
        return bool(open_ones.update(why=why))


def forget_old_verdicts() -> int:
    """Remove answers after twelve months. Returns: how many."""
    with scopes_disabled():
        return Verdict.objects.filter(at__lt=clock.now() - timedelta(days=KEPT_DAYS)).delete()[0]
