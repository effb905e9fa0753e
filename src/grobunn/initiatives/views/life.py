"""What the page of an initiative shows of its life: the question to a new owner, and the steps."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from grobunn.initiatives.forms.steps import FORMS
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.states import MACHINE
from grobunn.kernel.actors import Actor
from grobunn.ui.asides import Aside


def shown_on_page(request: HttpRequest, initiative: Initiative, actor: Actor) -> str:
    """The steps that a reader may take, and until when it waits."""
    offered = [edge for edge in MACHINE.available(initiative, actor) if edge.name in FORMS]
    # Whoever owns it may say yes to it only where they were asked.
    steps = [edge for edge in offered if edge.name != "accept_owner"]
    is_asked = initiative.is_owner_asked and actor.pk == initiative.owner_id and not initiative.is_finished
    if not steps and not is_asked and (initiative.is_finished or initiative.paused_until is None):
        return ""
    context = {"initiative": initiative, "municipality": initiative.municipality, "steps": steps, "is_asked": is_asked}
    return render_to_string("initiatives/_life.html", context, request=request)


ASIDE = Aside(name="life", order=20, make=shown_on_page)
