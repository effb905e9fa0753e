"""Who is told that a decision is asked for."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.deciders import decider_of
from grobunn.initiatives.queries.phases import method_for
from grobunn.kernel.models import StateChange
from grobunn.methods.shapes import Gate
from grobunn.notifications.kinds import Kind
from grobunn.notifications.services.notify import notify

KINDS = (
    Kind(
        name="initiatives.decision_asked",
        label=_("A decision is asked for"),
        description=_("When somebody asks you to decide at a gate of an initiative."),
        template="initiatives/notices/decision_asked",
        is_mandatory=True,
    ),
)


def tell_decider(initiative: Initiative, change: StateChange) -> None:
    """Ask whoever decides at the gate that the change names; nobody, where whoever asked decides."""
    gate = _gate_of(initiative, change)
    decider = decider_of(initiative, gate) if gate else None
    if gate is None or decider is None or decider.pk == change.actor_id:
        return
    with translation.override(decider.language or initiative.municipality.language):
        named = _gate_of(initiative, change) or gate
    where = {"municipality": initiative.municipality.slug, "reference": initiative.reference}
    notify(
        "initiatives.decision_asked",
        to=decider,
        municipality_id=initiative.municipality_id,
        thread_key=f"initiative:{initiative.pk}",
        data={"title": initiative.title, "gate": named.name, "words": change.reason},
        url=reverse("initiatives:phase", kwargs=where),
        key=f"initiatives.decision_asked:{change.pk}:user:{decider.pk}",
    )


def _gate_of(initiative: Initiative, change: StateChange) -> Gate | None:
    """The gate that a change is about, in the language that is spoken now."""
    phase = method_for(initiative).phase(change.data["phase"])
    return phase.gate if phase else None
