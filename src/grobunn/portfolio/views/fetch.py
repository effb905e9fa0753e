"""What the pages of the portfolio share: the filter of the address, the tabs, and one initiative of the reader's."""

from typing import Any

from django.http import Http404

from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.initiatives import initiative_by_reference
from grobunn.organisations.requests import TenantRequest, signed_in
from grobunn.portfolio.asked import FilterForm
from grobunn.portfolio.tabs import tabs_of


def filter_of(request: TenantRequest) -> FilterForm:
    """The filter as the address has it."""
    return FilterForm(request.GET.dict(), municipality=request.municipality, reader=signed_in(request))


def frame(request: TenantRequest, form: FilterForm, *, here: str) -> dict[str, Any]:
    """What every page's template needs beside its own."""
    return {
        "form": form,
        "query": form.query,
        "narrowed_to": form.in_words,
        "here": here,
        "municipality": request.municipality,
        "tabs": tabs_of(here, municipality=request.municipality, query=form.query),
    }


def initiative_or_404(request: TenantRequest, reference: str) -> Initiative:
    """An initiative of the municipality that the reader may see."""
    found = initiative_by_reference(reference, actor=request.user)
    if found is None or found.municipality_id != request.municipality.pk:
        raise Http404
    return found
