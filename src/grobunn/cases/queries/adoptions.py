"""Reads of adoptions: a municipality's own, and what everybody sees of a case's."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django_scopes import scopes_disabled

from grobunn.cases.models import Adoption, Case
from grobunn.cases.states import GOING_ON, AdoptionState
from grobunn.kernel.paging import Page, page
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import successor_ids

_ORDER_OF_STATES = (
    AdoptionState.IN_USE,
    AdoptionState.PILOT,
    AdoptionState.PLANNED,
    AdoptionState.STOPPED,
    AdoptionState.CONSIDERING,
)

# Which adoptions an adoption stands on, itself included.
_LINE = """
WITH RECURSIVE line(id, based_on_id) AS (
    SELECT id, based_on_id FROM cases_adoption WHERE id = %s
    UNION
    SELECT above.id, above.based_on_id FROM cases_adoption above JOIN line ON above.id = line.based_on_id
)
SELECT 1 FROM line WHERE id = %s
"""


def is_own_case(case: Case, municipality: Municipality) -> bool:
    """Whether a case is a municipality's own: it did it, keeps it, or is what the one that did it went into."""
    own = {case.municipality_id, case.origin_id} | successor_ids(case.origin_id)
    return municipality.pk in own


def is_based_on(adoption: Adoption, other: Adoption) -> bool:
    """Whether an adoption is another one, or stands on it by however many steps; one SQL."""
    with connection.cursor() as cursor:
        cursor.execute(_LINE, [adoption.pk, other.pk])
        return cursor.fetchone() is not None


def with_names(adoptions: QuerySet[Adoption]) -> QuerySet[Adoption]:
    """Adoptions with the municipalities and units that a page names."""
    return adoptions.select_related(
        "municipality",
        "adopter",
        "case",
        "case__municipality",
        "case__origin",
        "contact_unit",
        "based_on",
        "based_on__adopter",
    )


def adoption_by_id(adoption_id: UUID) -> Adoption | None:
    """An adoption of whatever municipality, with what its page names; whether it may be seen is asked after."""
    with scopes_disabled():
        found = Adoption.objects.filter(pk=adoption_id).select_related("edition", "responsible")
        return with_names(found).first()


def adoptions_of(municipality_id: UUID, *, states: Iterable[str] = ()) -> QuerySet[Adoption]:
    """A municipality's own adoptions, newest first; of some states, or of all."""
    with scopes_disabled():
        own = Adoption.objects.filter(municipality_id=municipality_id)
        wanted = list(states)
        return with_names(own.filter(state__in=wanted) if wanted else own).order_by("-begun_at", "-id")


_LIST_ORDER = ("-begun_at", "-id")
_LIST_SIZE = 30


def adoptions_page(
    municipality_id: UUID, *, state: str = "", kind: str = "", cursor: str | None = None
) -> Page[Adoption]:
    """One page of a municipality's own adoptions, newest first. Takes: kind, of innovation. Raises: BadCursor."""
    rows = adoptions_of(municipality_id, states=[state] if state else ())
    if kind:
        rows = rows.filter(case__innovation_kinds__contains=[kind])
    return page(rows, order=_LIST_ORDER, size=_LIST_SIZE, cursor=cursor)


def going_on_in(municipality_id: UUID, case_id: UUID) -> Adoption | None:
    """How far a municipality has come with a case, or None if it is not on its way."""
    with scopes_disabled():
        return Adoption.objects.filter(municipality_id=municipality_id, case_id=case_id, state__in=GOING_ON).first()


def others_in_use(adoption: Adoption) -> QuerySet[Adoption]:
    """The adoptions of the same case that an adoption may have started from: in use, and not started from it."""
    with scopes_disabled():
        others = Adoption.objects.filter(case_id=adoption.case_id, state=AdoptionState.IN_USE)
        return others.exclude(pk=adoption.pk).select_related("adopter").order_by("adopter__name", "id")


# Everybody sees what is planned or further. That somebody thinks about it is theirs to tell, and no adoption.
TOLD_TO_ALL = Q(state__in=[AdoptionState.PLANNED, AdoptionState.PILOT, AdoptionState.IN_USE]) | Q(
    Q(in_use_on__isnull=False) | Q(tried_on__isnull=False), state=AdoptionState.STOPPED
)


def told_adoptions_of(case_ids: Iterable[UUID]) -> QuerySet[Adoption]:
    """What everybody sees of who has taken some cases into use, or is on the way."""
    with scopes_disabled():
        return with_names(Adoption.objects.filter(TOLD_TO_ALL, case_id__in=list(case_ids)))


@dataclass(frozen=True)
class Record:
    """The adoptions of a case as everybody sees them, each kind on its own.

    Takes: in_use, those that count; own, further ones of the keeper itself after a merger, which do not.
    """

    in_use: tuple[Adoption, ...] = ()
    own: tuple[Adoption, ...] = ()
    on_the_way: tuple[Adoption, ...] = ()
    stopped: tuple[Adoption, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.in_use or self.own or self.on_the_way or self.stopped)


# What the record tells: PostgreSQL plans, and Django reads, the rest of nine tables in longer time than these.
_TOLD = (
    "state", "manner", "changed", "gave", "planned_on", "tried_on", "in_use_on", "stopped_on", "stopped_because",
    "confirmed_at", "begun_at", "is_synthetic", "contact_role", "contact_mailbox", "contact_unit__name",
    "municipality__name", "adopter__name", "based_on__adopter__name",
)  # fmt: skip


def record_of(case: Case) -> Record:
    """Who has a case in use, who is on the way, and who stopped; one SQL, without the case itself."""
    rank = {state: position for position, state in enumerate(_ORDER_OF_STATES)}
    with scopes_disabled():
        named = Adoption.objects.select_related("municipality", "adopter", "contact_unit", "based_on__adopter")
        rows = list(named.filter(TOLD_TO_ALL, case=case).only(*_TOLD))
    told = sorted(
        rows,
        key=lambda each: (rank[AdoptionState(each.state)], each.in_use_on or each.begun_at.date(), str(each.pk)),
    )
    in_use = [each for each in told if each.state == AdoptionState.IN_USE]
    return Record(
        in_use=tuple(each for each in in_use if each.municipality_id != case.municipality_id),
        own=tuple(each for each in in_use if each.municipality_id == case.municipality_id),
        on_the_way=tuple(each for each in told if each.state in (AdoptionState.PLANNED, AdoptionState.PILOT)),
        stopped=tuple(each for each in told if each.state == AdoptionState.STOPPED),
    )


def considering_count(case: Case) -> int:
    """How many think about a case, for its keeper alone."""
    with scopes_disabled():
        return Adoption.objects.filter(case=case, state=AdoptionState.CONSIDERING).count()
