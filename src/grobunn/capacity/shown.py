"""What is missing when there is no room, as a page shows it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from grobunn.capacity.claims import Claim
from grobunn.capacity.errors import CapacityExceeded, Shortfall
from grobunn.capacity.quarters import Quarter
from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor


@dataclass(frozen=True)
class MissingRow:
    """One shortfall. Takes: raise_url, where the reader may say that there is more; "" for whoever may not."""

    shortfall: Shortfall
    raise_url: str


@dataclass(frozen=True)
class Missing:
    """All that is missing, and from when the whole need fits."""

    rows: tuple[MissingRow, ...]
    free_from: Quarter | None

    @property
    def may_raise(self) -> bool:
        """Whether the reader may raise everything that is missing."""
        return all(row.raise_url for row in self.rows)


def missing_of(refused: CapacityExceeded, *, actor: Actor, claim: Claim | None = None, back: str = "") -> Missing:
    """What `capacity/_missing.html` shows. Takes: claim, what needs it; back, where the page of raising returns to."""
    return Missing(
        rows=tuple(
            MissingRow(each, _raise_url(each, claim=claim, back=back) if _may_raise(actor, each) else "")
            for each in refused.shortfalls
        ),
        free_from=refused.free_from,
    )


def _may_raise(actor: Actor, shortfall: Shortfall) -> bool:
    return permissions.is_allowed("capacity.raise", actor, shortfall.source)


def _raise_url(shortfall: Shortfall, *, claim: Claim | None, back: str) -> str:
    source = shortfall.source
    where = {"municipality": source.municipality.slug, "source_id": source.pk}
    asked = {"kvartal": shortfall.quarter.code, "mangler": str(shortfall.missing)}
    if claim is not None:
        asked |= {"sak": f"{claim.sort}:{claim.id}"}
    if back:
        asked |= {"tilbake": back}
    return f"{reverse('capacity:raise', kwargs=where)}?{urlencode(asked)}"
