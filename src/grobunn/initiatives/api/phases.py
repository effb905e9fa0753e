"""Phases and gates over the API: where an initiative is, and its steps."""

from typing import Any

from django.http import HttpRequest
from django_scopes import scope

from grobunn.initiatives.api.phase_schemas import GateIn, MethodIn, PhaseIn, PhaseNowOut
from grobunn.initiatives.api.router import router
from grobunn.initiatives.api.shown import initiative_or_404
from grobunn.initiatives.forms.phases import ChangePhaseForm, DecideForm, SwitchMethodForm
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.phases import PhaseNow, phase_now
from grobunn.initiatives.services.gates import ask_decision, pass_gate, send_back
from grobunn.initiatives.services.phases import change_phase, switch_method
from grobunn.initiatives.states import MACHINE
from grobunn.kernel import permissions
from grobunn.kernel.api.access import needs_scope
from grobunn.kernel.api.forms import checked

_WRITES = needs_scope("initiatives:write")


@router.get("/initiatives/{reference}/phase", response=PhaseNowOut, auth=needs_scope("initiatives:read"))
def show_phase(request: HttpRequest, reference: str) -> dict[str, Any]:
    """The phase that an initiative is in, what is handed in, and what its gate needs."""
    return _shown(initiative_or_404(request, reference))


@router.post("/initiatives/{reference}/gate", response=PhaseNowOut, auth=_WRITES)
def decide(request: HttpRequest, reference: str, sent: GateIn) -> dict[str, Any]:
    """Decide at the gate of the phase, or ask whoever decides to do so."""
    initiative = initiative_or_404(request, reference)
    permissions.check(MACHINE.by_name[sent.decision].permission, request.user, initiative)
    with scope(municipality=initiative.municipality_id):
        if sent.decision == "ask_decision":
            ask_decision(initiative, actor=request.user, reason=sent.reason, version=sent.version)
        else:
            # The service names what is missing; the form would only say that going on is not offered.
            form = DecideForm({**sent.dict(), "decision": "send_back"}, now=phase_now(initiative))
            given = {name: value for name, value in checked(form).cleaned_data.items() if name != "decision"}
            service = pass_gate if sent.decision == "pass_gate" else send_back
            service(initiative, actor=request.user, **given)
    return _shown(initiative)


@router.post("/initiatives/{reference}/phase", response=PhaseNowOut, auth=_WRITES)
def go_to_phase(request: HttpRequest, reference: str, sent: PhaseIn) -> dict[str, Any]:
    """Go back to an earlier phase, or on to one with no undecided gate between."""
    initiative = initiative_or_404(request, reference)
    permissions.check("initiatives.work", request.user, initiative)
    with scope(municipality=initiative.municipality_id):
        now = phase_now(initiative)
        if now.method.phase(sent.phase) in (None, now.phase):
            checked(ChangePhaseForm(sent.dict(), now=now))
        change_phase(initiative, actor=request.user, **sent.dict())
    return _shown(initiative)


@router.post("/initiatives/{reference}/method", response=PhaseNowOut, auth=_WRITES)
def work_by(request: HttpRequest, reference: str, sent: MethodIn) -> dict[str, Any]:
    """Work by another method; the stage stays, and the whole history."""
    initiative = initiative_or_404(request, reference)
    permissions.check("initiatives.work", request.user, initiative)
    with scope(municipality=initiative.municipality_id):
        form = SwitchMethodForm(sent.dict(), now=phase_now(initiative))
        switch_method(initiative, actor=request.user, **checked(form).cleaned_data)
    return _shown(initiative)


def _shown(initiative: Initiative) -> dict[str, Any]:
    with scope(municipality=initiative.municipality_id):
        now: PhaseNow = phase_now(initiative)
    gate = now.gate
    return {
        "reference": initiative.reference,
        "version": initiative.version,
        "method": now.method.key,
        "edition": now.method.edition,
        "phase": now.phase.key,
        "stage": initiative.stage,
        "stage_since": initiative.stage_since,
        "hand_ins": [
            {"key": each.hand_in.key, "name": each.hand_in.name, "is_handed_in": each.attachment is not None}
            for each in now.hand_ins
        ],
        "gate": None
        if gate is None
        else {
            "key": gate.gate.key,
            "name": gate.gate.name,
            "decided_by": gate.gate.decided_by,
            "is_passed": gate.is_passed,
            "asked_at": gate.asked_at,
            "needs": [
                {"key": need.requirement.key, "label": str(need.requirement.label), "is_met": need.is_met}
                for need in gate.needs
            ],
        },
    }
