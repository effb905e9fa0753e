"""Taking a step with a story: one page and one form for every edge of the table that is a button."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from grobunn.kernel.models import StateChange
from grobunn.kernel.permissions import requires
from grobunn.kernel.statemachine import Edge, TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.stories import guards
from grobunn.stories.forms.steps import FORMS
from grobunn.stories.models import Story
from grobunn.stories.queries.people import bylines_of
from grobunn.stories.services.steps import move_story
from grobunn.stories.services.undo import undo
from grobunn.stories.states import MACHINE
from grobunn.stories.views.fetch import story_or_404
from grobunn.stories.views.pages import address, page_of
from grobunn.ui import refusals, toasts
from grobunn.ui.dates import moment

_DONE = {
    "publish": gettext_lazy("The story is published. Everybody can read it now."),
    "schedule": gettext_lazy("It goes out %(when)s."),
    "unschedule": gettext_lazy("The story is a draft again."),
    "hand_in": gettext_lazy("Handed in. The editors have been told."),
    "send_back": gettext_lazy("Sent back. The author has been told."),
    "withdraw": gettext_lazy("The story is taken down."),
}


@require_http_methods(["GET", "POST"])
@requires("stories.view")
def take_step(request: TenantRequest, municipality: str, story_id: UUID, edge: str) -> HttpResponse:
    """One step of a story."""
    step = MACHINE.by_name.get(edge)
    if step is None or edge not in FORMS:
        raise Http404
    story = story_or_404(request, story_id, permission=step.permission)
    form = FORMS[edge](request.POST if request.method == "POST" else None, story=story)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            change = move_story(story, edge, actor=request.user, version=version, **form.arguments())
        except TransitionRefused as refusal:
            refusals.say_in(form, refusal)
        else:
            _tell(request, story, step, change)
            return redirect(page_of(story))
    context = {
        "form": form,
        "story": story,
        "edge": step,
        "authors": bylines_of([story.pk])[story.pk],
        "back": page_of(story),
        "missing": _missing(story, step),
        "write_url": address("write", story),
    }
    return render(request, "stories/step.html", context, status=422 if form.errors else 200)


def _missing(story: Story, step: Edge) -> str:
    """What a story lacks for a step, told before anything is asked for it; "" where it lacks nothing."""
    if guards.is_whole not in step.guards:
        return ""
    try:
        guards.is_whole(story, {})
    except guards.NotWhole as refusal:
        return str(refusal.message)
    return ""


def _tell(request: TenantRequest, story: Story, edge: Edge, change: StateChange) -> None:
    undo_url = address("undo", story, change_id=change.pk) if edge.undo_minutes else ""
    words = str(_DONE[edge.name])
    if edge.name == "schedule" and story.publish_at is not None:
        words %= {"when": moment(story.publish_at)}
    toasts.success(request, words, undo_url=undo_url)


@require_POST
@requires("stories.view")
def undo_step(request: TenantRequest, municipality: str, story_id: UUID, change_id: UUID) -> HttpResponse:
    """Take the last step back, as the one who took it."""
    story = story_or_404(request, story_id, permission="stories.view")
    change = StateChange.objects.filter(pk=change_id, subject_id=story.pk).first()
    if change is None:
        raise Http404
    try:
        undo(story, change=change, actor=request.user)
    except TransitionRefused as refusal:
        toasts.failure(request, str(refusal.message))
    else:
        toasts.success(request, _("Taken back."))
    return redirect(page_of(story))
