"""A municipality that merged keeps its cases and adoptions: its successor looks after them, its name stays on them."""

from uuid import UUID

from django.db import transaction
from django_scopes import scopes_disabled

from grobunn.cases.models import (
    Adoption,
    Case,
    CoAuthor,
    Document,
    Draft,
    Edition,
    Picture,
    Question,
    SectionComment,
    Verdict,
    Visit,
)
from grobunn.cases.services.counting import locked_case, recount_adoptions
from grobunn.discussion.services.move import move_discussion
from grobunn.kernel import audit, clock
from grobunn.kernel.actors import SYSTEM
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import successions_by
from grobunn.search.services import index

# What belongs to a case's keeper; questions and visits belong to whoever asked.
_PARTS = (Draft, Edition, CoAuthor, SectionComment, Picture, Document, Verdict)


def hand_over_merged() -> int:
    """Give what municipalities that have ended looked after to those that they went into. Returns: how many moved."""
    return sum(hand_over(each.predecessor, to=each.successor) for each in successions_by(clock.today()))


def hand_over(predecessor: Municipality, *, to: Municipality) -> int:
    """Let a successor look after the cases, adoptions, questions and visits of a predecessor.

    Returns: how many cases and adoptions were handed over; run again, none.
    Effects: rows, audit, counts, search. Origins and adopters stay as they were, and so does every history.
    """
    with scopes_disabled():
        cases = list(Case.objects.filter(municipality=predecessor).values_list("pk", flat=True))
        adopted = list(Adoption.objects.filter(municipality=predecessor).values_list("case_id", flat=True))
        for case_id in sorted({*cases, *adopted}):
            _hand_over_case(case_id, predecessor, to)
        for model in (Question, Visit):
            model.objects.filter(municipality=predecessor).update(municipality=to)
    return len(cases) + len(adopted)


def _hand_over_case(case_id: UUID, predecessor: Municipality, to: Municipality) -> None:
    with transaction.atomic():
        case = locked_case(case_id)
        if case.municipality_id == predecessor.pk:
            for model in _PARTS:
                model.objects.filter(case=case).update(municipality=to)
            Case.objects.filter(pk=case.pk).update(municipality=to)
            move_discussion("case", case.pk, to=to)
            audit.record("cases.hand_over", actor=SYSTEM, subject=case, municipality_id=to.pk)
            index("case", case.pk)
        for adoption in Adoption.objects.filter(case=case, municipality=predecessor):
            Adoption.objects.filter(pk=adoption.pk).update(municipality=to)
            move_discussion("adoption", adoption.pk, to=to)
            audit.record("adoptions.hand_over", actor=SYSTEM, subject=adoption, municipality_id=to.pk)
        recount_adoptions(case.pk)
