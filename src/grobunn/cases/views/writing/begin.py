"""Beginning a case: a name is enough; from an idea's thread or an initiative, what that knows comes along."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from grobunn.cases.forms.writing import BeginForm
from grobunn.cases.services.from_idea import beginning_from
from grobunn.cases.services.from_initiative import beginning_from_initiative, first_idea_of
from grobunn.cases.services.start import Beginning, start_case
from grobunn.cases.views.writing.fetch import writing_url
from grobunn.ideas.models import Idea
from grobunn.ideas.queries.ideas import idea_by_reference
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.initiatives import initiative_by_reference
from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.permissions import requires
from grobunn.organisations.requests import TenantRequest, signed_in


@require_http_methods(["GET", "POST"])
@requires("cases.write")
def begin(request: TenantRequest, municipality: str) -> HttpResponse:
    """Name a new case; `?ide=` names the idea whose end it tells, `?initiativ=` the work."""
    permissions.check("cases.write", request.user, request.municipality)
    initiative = _initiative(request)
    idea = first_idea_of(initiative) if initiative else _idea(request)
    known = _known(idea, initiative, actor=request.user)
    form = BeginForm(request.POST or None, initial={"title": known.title, "kind": known.kind})
    if request.method == "POST" and form.is_valid():
        beginning = Beginning(**form.cleaned_data, language=known.language, content=known.content)
        case = start_case(
            request.municipality, beginning=beginning, actor=signed_in(request), idea=idea, initiative=initiative
        )
        return redirect(writing_url(case))
    context = {"form": form, "idea": idea, "initiative": initiative, "municipality": request.municipality}
    return render(request, "cases/writing/begin.html", context, status=422 if form.errors else 200)


def _known(idea: Idea | None, initiative: Initiative | None, *, actor: Actor) -> Beginning:
    if initiative is not None:
        return beginning_from_initiative(initiative, actor=actor)
    return beginning_from(idea) if idea else Beginning(title="")


def _initiative(request: TenantRequest) -> Initiative | None:
    """The initiative that the address names, of this municipality and readable by whoever begins."""
    reference = request.GET.get("initiativ", "")
    if not reference:
        return None
    initiative = initiative_by_reference(reference, actor=request.user)
    if initiative is None or initiative.municipality_id != request.municipality.pk:
        raise Http404
    return initiative


def _idea(request: TenantRequest) -> Idea | None:
    """The idea that the address names, of this municipality and readable by whoever begins."""
    reference = request.GET.get("ide", "")
    if not reference:
        return None
    idea = idea_by_reference(reference, actor=request.user)
    if idea is None or idea.municipality_id != request.municipality.pk:
        raise Http404
    return idea
