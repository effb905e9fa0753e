"""The list of initiatives that somebody may see, narrowed by its address."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.initiatives import initiatives_of
from grobunn.initiatives.states import InitiativeState
from grobunn.kernel import clock, paging
from grobunn.kernel.actors import Actor
from grobunn.organisations.queries import descendant_ids

PAGE_SIZE = 25
ORDER = ("-started_at", "-id")


@dataclass(frozen=True)
class Narrowed:
    """What a list is narrowed by; what is left empty narrows nothing.

    Takes: state, stage and signal, codes; unit, with those below it; words, all of them somewhere in title, hypothesis
           or reference; is_overdue, only those whose report was due before today.
    """

    state: str = ""
    stage: str = ""
    signal: str = ""
    unit_id: UUID | None = None
    owner_id: UUID | None = None
    words: str = ""
    is_overdue: bool = False


def narrowed(actor: Actor, *, municipality_id: UUID, by: Narrowed) -> QuerySet[Initiative]:
    """What somebody sees in a municipality, narrowed; in no order. One SQL more where a unit is named."""
    with scopes_disabled():
        found = initiatives_of(actor, municipality_id=municipality_id)
        exact = {name: getattr(by, name) for name in ("state", "stage", "signal", "owner_id") if getattr(by, name)}
        found = found.filter(**exact)
        if by.unit_id is not None:
            found = found.filter(unit__in=descendant_ids([by.unit_id], municipality_id=municipality_id) | {by.unit_id})
        if by.is_overdue:
            found = found.filter(state=InitiativeState.UNDERWAY, report_due_on__lt=clock.today())
    return with_words(found, by.words)


def with_words(rows: QuerySet[Initiative], words: str) -> QuerySet[Initiative]:
    """Those that have all of the words somewhere in title, hypothesis or reference."""
    for word in words.split()[:8]:
        rows = rows.filter(Q(title__icontains=word) | Q(hypothesis__icontains=word) | Q(reference__icontains=word))
    return rows


def list_page(
    actor: Actor, *, municipality_id: UUID, by: Narrowed, cursor: str | None = None, size: int = PAGE_SIZE
) -> paging.Page[Initiative]:
    """One page of the list, newest first. Raises: paging.BadCursor."""
    rows = narrowed(actor, municipality_id=municipality_id, by=by).defer("summary", "tried", "learned")
    return paging.page(rows, order=ORDER, size=size, cursor=cursor)


def owners_seen(actor: Actor, *, municipality_id: UUID) -> list[User]:
    """Who owns something that somebody sees, by name; one SQL."""
    with scopes_disabled():
        owned = initiatives_of(actor, municipality_id=municipality_id).values("owner")
        return list(User.objects.filter(pk__in=owned).order_by("name", "pk"))
