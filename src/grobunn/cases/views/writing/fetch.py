"""How a view of writing finds its case, and what every such page shows."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from grobunn.cases.models import Case
from grobunn.cases.queries.writing import writable_case
from grobunn.cases.states import CaseState
from grobunn.kernel import permissions
from grobunn.organisations.requests import TenantRequest


def case_to_write(request: TenantRequest, slug: str, *, permission: str = "cases.edit") -> Case:
    """The case of an address, for whoever may do the named thing with it.

    Raises: Http404 for a case that the reader may not see; PermissionDenied for one that they may only read.
    """
    try:
        case = writable_case(request.municipality.pk, slug)
    except Case.DoesNotExist as error:
        raise Http404 from error
    if not permissions.is_allowed("cases.view", request.user, case):
        raise Http404
    permissions.check(permission, request.user, case)
    return case


def writing_url(case: Case, name: str = "write", **arguments: Any) -> str:
    """The address of a page of writing."""
    return reverse(f"cases:{name}", kwargs={"municipality": case.municipality.slug, "slug": case.slug, **arguments})


def away_from(case: Case) -> str:
    """Where somebody goes who has no more to do with a draft: its page if everybody reads it, else the ideas."""
    if case.state == CaseState.PUBLISHED:
        return reverse("cases:case", kwargs={"slug": case.slug})
    return reverse("ideas:list", kwargs={"municipality": case.municipality.slug})
