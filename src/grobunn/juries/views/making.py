"""Making a panel, and changing its facts."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grobunn.juries.addresses import page_of, panel_page
from grobunn.juries.forms.making import PanelForm
from grobunn.juries.models import Panel
from grobunn.juries.services.composing import make_panel
from grobunn.juries.services.setting import set_facts
from grobunn.juries.views.fetch import of_panel, page
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.access import asks_here
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import toasts


@require_http_methods(["GET", "POST"])
@asks_here("juries.make")
def make(request: TenantRequest) -> HttpResponse:
    """A new panel; then on to who is on it."""
    form = PanelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        panel = make_panel(request.municipality, actor=request.user, key=form.cleaned_data["key"], **form.facts)
        toasts.success(request, _("The panel is made. Now say who is on it."))
        return redirect(page_of(panel, "members"))
    context = {"form": form, "municipality": request.municipality}
    return render(request, "juries/make.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@of_panel("juries.run")
def change_facts(request: TenantRequest, panel: Panel) -> HttpResponse:
    """Name, purpose, day, and when others' scores are shown."""
    form = PanelForm(request.POST if request.method == "POST" else None, panel=panel)
    if request.method == "POST" and form.is_valid():
        try:
            set_facts(panel, actor=request.user, **form.facts)
        except TransitionRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            toasts.success(request, _("Saved."))
            return redirect(panel_page(panel))
    return page(request, panel, "juries/facts.html", {"form": form}, status=422 if form.errors else 200)
