"""Municipalities of the demonstration that are lent help by another, and what they use it for."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django_scopes import scope

from grobunn.accounts.demo import key_of, person
from grobunn.capacity.models import Share, Source
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.capacity.queries.room import Line
from grobunn.initiatives.demo.people import moment
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.services.start import Beginning, start_initiative
from grobunn.kernel import clock
from grobunn.methods.queries import method_of
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import municipality_by_slug, unit_by_slug

Told = Mapping[str, Any]


def lend(sources: Mapping[str, Source], lent: Mapping[str, list[str]]) -> None:
    """Let other municipalities draw on some sources."""
    for name, guests in lent.items():
        for guest in guests:
            Share.objects.get_or_create(
                municipality_id=sources[name].municipality_id, source=sources[name], guest=municipality_by_slug(guest)
            )


def begin_there(told: Told, sources: Mapping[str, Source]) -> Initiative | None:
    """An initiative of a municipality that is lent something, holding it from the present quarter on; None if it is
    there already.
    """
    if Initiative.objects.filter(key=key_of("initiatives", told["id"])).exists():
        return None
    municipality = municipality_by_slug(told["municipality"])
    with scope(municipality=municipality.pk), clock.moved_to(moment(told["begun_days_ago"])):
        beginning = _beginning(municipality, told, sources)
        return start_initiative(municipality, beginning=beginning, actor=person(told["adviser"]))


def _beginning(municipality: Municipality, told: Told, sources: Mapping[str, Source]) -> Beginning:
    name, role, place = told["owner"]
    unit = unit_by_slug(municipality.pk, place)
    method = method_of(municipality.pk, told["method"])
    assert method is not None  # noqa: S101 -- the methods of the file come with Grobunn
    source, amount, quarters = told["line"]
    return Beginning(
        title=told["title"],
        hypothesis=told["hypothesis"],
        unit=unit,
        owner=person(name),
        owner_role=role,
        owner_unit=unit,
        milestone=told["milestone"],
        milestone_due_on=Quarter.now().last_day,
        method=method,
        phase=method.first.key,
        lines=[
            Line(source=sources[source], quarter=quarter, amount=Decimal(amount))
            for quarter in quarters_from(Quarter.now(), quarters)
        ],
        reason=told["reason"],
        is_synthetic=True,
        key=key_of("initiatives", told["id"]),
    )
