"""Load against capacity, and the rows behind each of its numbers."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from grobunn.capacity.kinds import Measure
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.organisations.access import asks_here
from grobunn.organisations.models import Unit
from grobunn.organisations.queries import unit_tree
from grobunn.organisations.queries.units import Branch
from grobunn.organisations.requests import TenantRequest
from grobunn.portfolio import addresses
from grobunn.portfolio.asked import below
from grobunn.portfolio.load_charts import quarter_chart, unit_chart
from grobunn.portfolio.queries.load_rows import load_rows
from grobunn.portfolio.queries.loads import loaded
from grobunn.portfolio.tabs import tabs_of
from grobunn.portfolio.views.timeline import quarter_asked
from grobunn.ui.charts import picture_asked, with_picture

_QUARTERS = 6


@require_GET
@asks_here("initiatives.see_portfolio")
def show_load(request: TenantRequest) -> HttpResponse:
    """The municipality's units, or those right below one; hours, places, money or room for change."""
    here = request.municipality
    tree = unit_tree(here.pk, with_closed=True)
    unit = next((branch.unit for branch in tree if branch.unit.slug == request.GET.get("enhet")), None)
    measure = _measure(request)
    quarters = list(quarters_from(Quarter.now(), _QUARTERS))
    asked = quarter_asked(request, "kvartal")
    quarter = asked if asked in quarters else quarters[1]
    loads = loaded(here.pk, tree=tree, unit=unit or _only_root(tree), measure=measure, quarters=quarters)
    kept = {"maal": measure.value, **({"enhet": unit.slug} if unit else {})}

    def rows_url(query: str) -> str:
        own = f"{urlencode(kept)}&" if "enhet=" not in query else f"{urlencode({'maal': measure.value})}&"
        return addresses.page("load_rows", here, own + query)

    by_unit = unit_chart(loads, quarter=quarter, measure=measure, url=rows_url)
    place = unit.name if unit else here.name
    by_quarter = quarter_chart(loads, measure=str(measure.label), place=place, url=rows_url)
    picture = picture_asked(request, by_unit, by_quarter)
    if picture is not None:
        return picture
    context = {
        "tabs": tabs_of("load", municipality=here, query=""),
        "municipality": here,
        "loads": loads,
        "unit": unit,
        "above": _above(tree, unit),
        "quarter": quarter,
        "measure": measure,
        "by_unit": with_picture(by_unit, request),
        "by_quarter": with_picture(by_quarter, request),
        "measures": [(each.value, each.label, each == measure) for each in Measure],
        "quarters": [(each, each == quarter) for each in quarters],
    }
    return render(request, "portfolio/load.html", context)


@require_GET
@asks_here("initiatives.see_portfolio")
def show_rows(request: TenantRequest) -> HttpResponse:
    """Each source behind a number, and what holds it: they add up to the number."""
    here = request.municipality
    tree = unit_tree(here.pk, with_closed=True)
    unit = next((branch.unit for branch in tree if branch.unit.slug == request.GET.get("enhet")), None)
    own = unit is not None and "egne" in request.GET
    unit_ids = None if unit is None else frozenset({unit.pk}) if own else below(tree, unit)
    measure = _measure(request)
    quarter = quarter_asked(request, "kvartal") or Quarter.now() + 1
    rows = load_rows(here.pk, unit_ids=unit_ids, measure=measure, quarter=quarter, actor=request.user)
    given = {"maal": measure.value, "kvartal": quarter.code, **({"enhet": unit.slug} if unit else {})}
    context = {
        "municipality": here,
        "place": _("%(unit)s itself") % {"unit": unit.name} if own and unit else unit.name if unit else here.name,
        "quarter": quarter,
        "measure": measure,
        "rows": rows,
        "declared": sum(row.load.declared for row in rows),
        "reserved": sum(row.load.reserved for row in rows),
        "back": addresses.page("load", here, urlencode(given)),
    }
    return render(request, "portfolio/load_rows.html", context)


def _measure(request: TenantRequest) -> Measure:
    asked = request.GET.get("maal", "")
    return Measure(asked) if asked in Measure.values else Measure.HOURS


def _only_root(tree: Sequence[Branch]) -> Unit | None:
    """The unit that everything else lies below, if it is one alone: it is opened from the start."""
    roots = [branch.unit for branch in tree if not branch.depth]
    return roots[0] if len(roots) == 1 else None


def _above(tree: Sequence[Branch], unit: Unit | None) -> list[Unit]:
    """The units on the way down to the one that is opened."""
    by_id = {branch.unit.pk: branch.unit for branch in tree}
    way: list[Unit] = []
    at = by_id.get(unit.parent_id) if unit and unit.parent_id else None
    while at is not None:
        way.insert(0, at)
        at = by_id.get(at.parent_id) if at.parent_id else None
    return way
