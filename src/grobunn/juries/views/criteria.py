"""What a panel judges by: read by everybody on it, changed while it is being prepared."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.juries.addresses import page_of
from grobunn.juries.forms.criteria import CriterionForms, KeepForm, filled_in, written_in
from grobunn.juries.models import Criterion, Panel
from grobunn.juries.queries.criteria import criteria_offered, own_sets
from grobunn.juries.services.composing import use_criteria
from grobunn.juries.services.own_criteria import keep_set, offer
from grobunn.juries.shapes import Criteria
from grobunn.juries.states import PanelState
from grobunn.juries.views.fetch import of_panel, page
from grobunn.kernel import permissions
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.access import asks_here
from grobunn.organisations.requests import TenantRequest
from grobunn.organisations.views.pages import page as set_up_page
from grobunn.ui import toasts


@require_http_methods(["GET", "POST"])
@of_panel("juries.see")
def show_criteria(request: TenantRequest, panel: Panel) -> HttpResponse:
    """The criteria with what each figure means; with fields for whoever may change them now."""
    criteria = list(Criterion.objects.filter(panel=panel))
    may_change = panel.state == PanelState.PREPARING and permissions.is_allowed("juries.run", request.user, panel)
    context: dict[str, Any] = {"criteria": criteria, "may_change": may_change}
    status = 200
    if may_change:
        forms = CriterionForms(request.POST or None, prefix="k", initial=filled_in(criteria))
        if request.method == "POST" and forms.is_valid():
            return _written(request, panel, forms)
        status = 422 if request.method == "POST" else 200
        language = get_language() or panel.municipality.language
        context |= {
            "forms": forms,
            "keep": KeepForm(),
            "offered": criteria_offered(panel.municipality_id, language=language[:2]),
            "may_keep": permissions.is_allowed("juries.set_up", request.user, panel.municipality),
        }
    elif request.method == "POST":
        raise PermissionDenied("juries.run")
    return page(request, panel, "juries/criteria.html", context, status=status)


@require_POST
@of_panel("juries.run")
def use_set(request: TenantRequest, panel: Panel) -> HttpResponse:
    """Judge by a set that is offered, in place of what there was."""
    language = (get_language() or panel.municipality.language)[:2]
    wanted = request.POST.get("key", "")
    offered = criteria_offered(panel.municipality_id, language=language)
    chosen = next((each for each in offered if each.key == wanted), None)
    if chosen is None:
        raise Http404
    try:
        use_criteria(panel, chosen, actor=request.user)
    except TransitionRefused as refused:
        toasts.warning(request, str(refused.message))
    else:
        toasts.success(request, _("The panel judges by: %(name)s.") % {"name": chosen.name})
    return redirect(page_of(panel, "criteria"))


def _written(request: TenantRequest, panel: Panel, forms: Any) -> HttpResponse:
    shapes = written_in([each.cleaned_data for each in forms.forms])
    name = request.POST.get("name", "").strip()[:100]
    kept = Criteria(
        key=panel.criteria_set,
        edition=panel.criteria_edition or 1,
        name=name,
        summary="",
        source="",
        source_url="",
        criteria=shapes,
    )
    try:
        if name and request.POST.get("act") == "keep":
            made = keep_set(panel, shapes, name=name, actor=request.user)
            kept = Criteria(
                key=made.key, edition=made.edition, name=name, summary="", source="", source_url="", criteria=shapes
            )
        use_criteria(panel, kept, actor=request.user)
    except TransitionRefused as refused:
        toasts.warning(request, str(refused.message))
    else:
        toasts.success(request, _("Saved."))
    return redirect(page_of(panel, "criteria"))


@require_GET
@asks_here("juries.set_up")
def list_sets(request: TenantRequest) -> HttpResponse:
    """The municipality's own sets, and those that come with Grobunn: a page of the set-up."""
    here = request.municipality
    language = (get_language() or here.language)[:2]
    own = own_sets(here.pk)
    keys = {row.key for row in own}
    packaged = [each for each in criteria_offered(here.pk, language=language) if each.key not in keys]
    return set_up_page(request, here, "juries/sets.html", title=_("Criteria"), own=own, packaged=packaged)


@require_POST
@asks_here("juries.set_up")
def offer_set(request: TenantRequest, key: str) -> HttpResponse:
    """Offer a set to new panels, or no longer."""
    offer(request.municipality, key=key, is_offered=request.POST.get("tilby") == "1", actor=request.user)
    return redirect("juries:sets", municipality=request.municipality.slug)
