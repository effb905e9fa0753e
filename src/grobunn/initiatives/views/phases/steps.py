"""Deciding at a gate, asking for the decision, another phase, another method: one form each."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grobunn.initiatives.forms.phases import AskForm, ChangePhaseForm, DecideForm, PhaseForm, SwitchMethodForm
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.deciders import decider_of
from grobunn.initiatives.queries.phases import phase_now
from grobunn.initiatives.services.gates import ask_decision, may_decide, pass_gate, send_back
from grobunn.initiatives.services.phases import change_phase, landing_phase, switch_method
from grobunn.initiatives.views.fetch import of_initiative
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import refusals, toasts

Service = Callable[..., StateChange]


@require_http_methods(["GET", "POST"])
@of_initiative("initiatives.decide")
def decide(request: TenantRequest, initiative: Initiative) -> HttpResponse:
    """Go on, or not yet: with a reason, for good."""
    now = phase_now(initiative)
    if request.method == "GET" and not may_decide(now, request.user):
        return redirect(_phase_page(initiative))
    form = DecideForm(request.POST or None, now=now)
    return _form(request, form, service=_decided, template="decide", done=_("The decision is kept."))


@require_http_methods(["GET", "POST"])
@of_initiative("initiatives.help")
def ask(request: TenantRequest, initiative: Initiative) -> HttpResponse:
    """Ask whoever decides to do so."""
    now = phase_now(initiative)
    if request.method == "GET" and now.gate is None:
        return redirect(_phase_page(initiative))
    form = AskForm(request.POST or None, now=now)
    context = {"decider": decider_of(initiative, now.gate.gate) if now.gate else None}
    return _form(
        request, form, service=ask_decision, template="ask_decision", done=_("The decision is asked for."), **context
    )


@require_http_methods(["GET", "POST"])
@of_initiative("initiatives.work")
def change(request: TenantRequest, initiative: Initiative) -> HttpResponse:
    """Go back to an earlier phase, or on to the next where no gate stands between."""
    form = ChangePhaseForm(
        request.POST or None, now=phase_now(initiative), initial={"phase": request.GET.get("til", "")}
    )
    done = _("The work is in another phase now.")
    return _form(request, form, service=change_phase, template="change_phase", done=done)


@require_http_methods(["GET", "POST"])
@of_initiative("initiatives.work")
def switch(request: TenantRequest, initiative: Initiative) -> HttpResponse:
    """Work by another method."""
    form = SwitchMethodForm(request.POST or None, now=phase_now(initiative))
    landings = [(method, landing_phase(initiative, method)) for method in form.methods.values()]
    done = _("The work goes by another method now.")
    return _form(request, form, service=switch_method, template="switch_method", done=done, landings=landings)


def _decided(initiative: Initiative, *, decision: str, **given: Any) -> StateChange:
    return (pass_gate if decision == "pass_gate" else send_back)(initiative, **given)


def _form(
    request: TenantRequest, form: PhaseForm, *, service: Service, template: str, done: str, **context: Any
) -> HttpResponse:
    initiative = form.now.initiative
    if request.method == "POST" and form.is_valid():
        try:
            service(initiative, actor=request.user, **form.cleaned_data)
        except TransitionRefused as refusal:
            refusals.say_in(form, refusal)
        else:
            toasts.success(request, done)
            return redirect(_phase_page(initiative))
    context |= {"form": form, "now": form.now, "initiative": initiative}
    return render(request, f"initiatives/{template}.html", context, status=422 if form.errors else 200)


def _phase_page(initiative: Initiative) -> str:
    where = {"municipality": initiative.municipality.slug, "reference": initiative.reference}
    return reverse("initiatives:phase", kwargs=where)
