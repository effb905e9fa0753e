"""The initiatives that a page of the portfolio is about; every number counts these."""

from uuid import UUID

from django.db.models import QuerySet
from django_scopes import scopes_disabled

from grobunn.capacity.models import Reservation
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.initiatives import for_user
from grobunn.kernel.actors import Actor
from grobunn.portfolio.ages import since_of
from grobunn.portfolio.asked import Asked
from grobunn.portfolio.columns import narrowed_to


def narrowed(actor: Actor, *, municipality_id: UUID, asked: Asked) -> QuerySet[Initiative]:
    """What somebody sees of a municipality's portfolio, narrowed to what is asked; in no order."""
    with scopes_disabled():
        rows = for_user(actor).filter(municipality=municipality_id)
        if asked.unit_ids is not None:
            rows = rows.filter(unit__in=asked.unit_ids)
        if asked.column:
            rows = rows.filter(**narrowed_to(asked.column))
        if asked.signal:
            rows = rows.filter(signal=asked.signal)
        if asked.owner_id:
            rows = rows.filter(owner=asked.owner_id)
        if asked.method:
            rows = rows.filter(method=asked.method)
        if asked.quarter:
            holding = Reservation.objects.filter(quarter_on=asked.quarter.first_day)
            rows = rows.filter(pk__in=holding.values("claim_id"))
        if asked.age:
            rows = rows.filter(**since_of(asked.age))
        if asked.synthetic:
            rows = rows.filter(is_synthetic=asked.synthetic == "bare")
        if asked.words:
            rows = rows.filter(title__icontains=asked.words)
        return rows
