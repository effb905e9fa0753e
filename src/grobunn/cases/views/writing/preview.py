"""The draft as readers would see it, and what has changed from version to version."""

from copy import copy

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from grobunn.cases.contents import content_of
from grobunn.cases.models import Case, Draft, Edition
from grobunn.cases.queries.published import documents_of, pictures_of
from grobunn.cases.queries.writing import changes_in_edition, changes_since_published, editions_with_writers
from grobunn.cases.services.drafts import take_back_changes
from grobunn.cases.services.steps import draft_of
from grobunn.cases.states import CaseState
from grobunn.cases.telling import facts_of, key_facts_of, sections_of, tells_its_cost
from grobunn.cases.views.writing.fetch import case_to_write, writing_url
from grobunn.kernel.permissions import requires
from grobunn.organisations.requests import TenantRequest, signed_in


def as_readers_would_see(case: Case, draft: Draft) -> Case:
    """The case with what its draft says; not to be saved."""
    told = copy(case)
    for name, value in content_of(draft).items():
        setattr(told, name, value)
    return told


@require_GET
@requires("cases.edit")
def show_preview(request: TenantRequest, municipality: str, slug: str) -> HttpResponse:
    """The draft as its page."""
    case = case_to_write(request, slug)
    told = as_readers_would_see(case, draft_of(case))
    context = {
        "case": told,
        "sections": sections_of(told),
        "key_facts": key_facts_of(told) if tells_its_cost(told) else [],
        "facts": facts_of(told),
        "pictures": pictures_of(told),
        "documents": documents_of(told),
    }
    return render(request, "cases/writing/preview.html", context)


@require_GET
@requires("cases.edit")
def show_versions(request: TenantRequest, municipality: str, slug: str) -> HttpResponse:
    """Every edition with what is new in it, and what lies in the draft."""
    case = case_to_write(request, slug)
    draft = draft_of(case)
    is_ahead = case.state == CaseState.PUBLISHED and not draft.is_published
    context = {
        "case": case,
        "editions": editions_with_writers(case),
        "changes": changes_since_published(case, draft) if is_ahead else [],
        "is_ahead": is_ahead,
    }
    return render(request, "cases/writing/versions.html", context)


@require_GET
@requires("cases.edit")
def show_version(request: TenantRequest, municipality: str, slug: str, number: int) -> HttpResponse:
    """What one edition changed."""
    case = case_to_write(request, slug)
    try:
        changes = changes_in_edition(case, number)
    except Edition.DoesNotExist as error:
        raise Http404 from error
    edition = next(each for each in editions_with_writers(case) if each.number == number)
    return render(request, "cases/writing/version.html", {"case": case, "edition": edition, "changes": changes})


@require_POST
@requires("cases.edit")
def throw_changes_away(request: TenantRequest, municipality: str, slug: str) -> HttpResponse:
    """Let the draft say again what readers see."""
    case = case_to_write(request, slug)
    take_back_changes(case, actor=signed_in(request))
    return redirect(writing_url(case, "versions"))
