"""What every page of a cohort shows: its head and its tabs."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from grobunn.kernel import permissions
from grobunn.organisations.requests import TenantRequest
from grobunn.programmes.models import Cohort, Programme
from grobunn.programmes.tabs import tabs_of


def cohort_tab(
    request: TenantRequest, cohort: Cohort, template: str, *, tab: str, status: int = 200, **context: Any
) -> HttpResponse:
    """A page under one of a cohort's tabs. Takes: template, one that extends `programmes/cohort_base.html`."""
    given = {
        "cohort": cohort,
        "programme": cohort.programme,
        "municipality": cohort.programme.municipality,
        "tabs": tabs_of(cohort, request.user),
        "tab": tab,
        "may_run": permissions.is_allowed("programmes.run", request.user, cohort),
        "may_facilitate": permissions.is_allowed("programmes.facilitate", request.user, cohort),
        **context,
    }
    return render(request, template, given, status=status)


def refused_or_ok(*forms: Any) -> int:
    """The status of a page with forms: 422 where one was sent back."""
    return 422 if any(form is not None and form.errors for form in forms) else 200


def form_page(
    request: TenantRequest,
    form: Any,
    *,
    title: str,
    submit: str,
    up: str = "",
    back: str = "",
    programme: Programme | None = None,
    cohort: Cohort | None = None,
    lead: str = "",
    **context: Any,
) -> HttpResponse:
    """A page that is one form. Takes: submit, words of its button; back, where "Back" leads; up, the same by name."""
    given = {
        "form": form,
        "title": title,
        "lead": lead,
        "submit": submit,
        "municipality": request.municipality,
        "programme": cohort.programme if cohort else programme,
        "cohort": cohort,
        "back": back or reverse(f"programmes:{up}", kwargs={"municipality": request.municipality.slug}),
        **context,
    }
    return render(request, given.pop("template", "programmes/form.html"), given, status=refused_or_ok(form))
