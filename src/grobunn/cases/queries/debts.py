"""Case debt: ideas and initiatives that have ended without a case, and what somebody has to do with cases."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import Exact
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.cases.models import Case, CoAuthor, Draft
from grobunn.cases.states import CaseState
from grobunn.ideas.models import Idea
from grobunn.ideas.states import ANSWERED, IdeaState
from grobunn.initiatives.models import Feed, Initiative
from grobunn.initiatives.states import FINISHED
from grobunn.kernel import clock
from grobunn.kernel.models import StateChange
from grobunn.organisations.models import Role
from grobunn.organisations.queries import roles_of

SHOWN = 10
# Work that no initiative carries, and that began this long ago, has something to tell: nobody says when it ends.
STARTED_TELLS_AFTER = timedelta(days=180)
# An idea that is put away for less comes back before there is anything to tell of it.
PARKED_TELLS_FROM = timedelta(days=90)
# Older endings are history: nobody remembers enough, and nobody is asked.
TELLS_UNTIL = timedelta(days=730)


@dataclass(frozen=True)
class CaseWork:
    """What one person has to do with cases, each list at most SHOWN long.

    Takes: to_review, those with the editor; being_written, drafts and changes of one's own; overdue, published ones of
           one's own that nobody has looked at for a year; debts, ideas that ended without a case; finished, initiatives
           of one's own that ended without one.
    """

    to_review: list[Case]
    being_written: list[Case]
    overdue: list[Case]
    debts: list[Idea]
    finished: list[Initiative] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.to_review or self.being_written or self.overdue or self.debts or self.finished)


def case_work_of(user: User) -> CaseWork:
    """What somebody has to do with cases, in every municipality; three SQL beside the one for the roles."""
    edited_ids = {held.municipality_id for held in roles_of(user).held if held.role == Role.INNOVATION_ADVISER}
    with scopes_disabled():
        unpublished = Q(state=CaseState.DRAFT) | Q(state=CaseState.PUBLISHED, is_ahead=True)
        overdue = Q(owner=user, state=CaseState.PUBLISHED, review_due_on__lt=clock.today())
        draft = Draft.objects.filter(case=OuterRef("pk"))
        cases: list[Case] = list(
            Case.objects.annotate(
                is_ahead=Exists(draft.filter(is_published=False)), draft_title=draft.values("title")[:1]
            )
            .filter(unpublished | Q(state=CaseState.IN_REVIEW) | overdue, pk__in=_concerning(user, edited_ids))
            .select_related("municipality")
            .defer(*_LONG)
            .order_by("-state_since", "-id")[: 3 * SHOWN]
        )
        debts = list(debts_of(user)[:SHOWN])
        finished = list(finished_untold(user)[:SHOWN])
    return CaseWork(
        to_review=[case for case in cases if _is_to_review(case, edited_ids)][:SHOWN],
        being_written=[case for case in cases if not _is_to_review(case, edited_ids) and not _is_due(case)][:SHOWN],
        overdue=[case for case in cases if _is_due(case)][:SHOWN],
        debts=debts,
        finished=finished,
    )


def _concerning(user: User, edited_ids: set[UUID]) -> QuerySet[Any, Any]:
    """Ids of the cases that somebody owns, helps to write or is to review."""
    owned = Case.objects.filter(owner=user).values("pk")
    helped = CoAuthor.objects.filter(user=user).values("case_id")
    reviewed = Case.objects.filter(state=CaseState.IN_REVIEW, municipality_id__in=edited_ids).values("pk")
    # Asked for with "or", the database would look at every case there is.
    return owned.union(helped, reviewed)


# A list shows none of the sections.
_LONG = ("need", "process", "solution", "effect", "scaling", "lessons", "contact", "timeline")


def _is_to_review(case: Case, edited_ids: set[UUID]) -> bool:
    return case.state == CaseState.IN_REVIEW and case.municipality_id in edited_ids


def _is_due(case: Case) -> bool:
    return case.state == CaseState.PUBLISHED and case.is_review_overdue


def debts_of(user: User) -> QuerySet[Idea]:
    """Ideas that somebody held to their end and that no case tells of, newest first."""
    with scopes_disabled():
        untold = ~Q(Exists(Case.objects.filter(idea=OuterRef("pk"))))
        lately = Idea.objects.filter(holder=user, state__in=ANSWERED, state_since__gt=clock.now() - TELLS_UNTIL)
        ideas = lately.filter(untold, is_ended())
        told = ideas.select_related("municipality").defer("receipt", "writer_email")
        return told.order_by("-state_since", "-id")


def finished_untold(user: User) -> QuerySet[Initiative]:
    """Initiatives that somebody owned to their end and that no case tells of, newest first."""
    with scopes_disabled():
        untold = ~Q(Exists(Case.objects.filter(initiative=OuterRef("pk"))))
        finished = Initiative.objects.filter(
            untold, owner=user, state__in=FINISHED, ended_at__gt=clock.now() - TELLS_UNTIL
        )
        return finished.select_related("municipality").order_by("-ended_at", "-id")


def case_of_initiative(initiative: Initiative) -> Case | None:
    """The case that tells an initiative, in any state; one SQL."""
    with scopes_disabled():
        told = Case.objects.filter(initiative=initiative).select_related("municipality")
        return told.order_by("created_at").first()


# Composed by Django, the whole row was a tenth of the page of a thread, which seldom has one.
_CASE_OF_IDEA = "SELECT id FROM cases_case WHERE idea_id = %s ORDER BY created_at LIMIT 1"


def case_of_idea(idea: Idea) -> Case | None:
    """The case that tells the end of an idea, in any state; one SQL where there is none, as for most, else two."""
    with connection.cursor() as cursor:
        cursor.execute(_CASE_OF_IDEA, [idea.pk])
        found = cursor.fetchone()
    if found is None:
        return None
    with scopes_disabled():
        return Case.objects.select_related("municipality").get(pk=found[0])


def is_ended() -> Q:
    """Ideas with an end to tell: parked for a good while, solved, begun long ago, or declined after it was tried.

    What an initiative carries is told by its owner, when that has ended.
    """
    now = clock.now()
    is_carried = Exists(Feed.objects.filter(idea=OuterRef("pk")))
    # Not "exists": for that the database would read every step that was ever taken, to look them up afterwards.
    started = Subquery(StateChange.objects.filter(subject_id=OuterRef("pk"), edge="start").values("edge")[:1])
    return (
        Q(state=IdeaState.SOLVED)
        | Q(state=IdeaState.PARKED, parked_until__gt=F("state_since") + PARKED_TELLS_FROM)
        | (Q(state=IdeaState.STARTED, state_since__lte=now - STARTED_TELLS_AFTER) & ~Q(is_carried))
        | Q(Exact(started, "start"), state=IdeaState.DECLINED)
    )
