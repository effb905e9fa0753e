"""Several ideas at once: what each writer will be told, then the step itself."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from grobunn.ideas.forms.bulk import BULK_STEPS, BulkForm, bulk_form, messages_from
from grobunn.ideas.models import Idea
from grobunn.ideas.previews import preview_of
from grobunn.ideas.queries.queue import chosen_ideas, forget_queue_counts
from grobunn.ideas.queries.reasons import reasons_for
from grobunn.ideas.services.bulk import Outcome, move_ideas, undo_changes
from grobunn.ideas.states import MACHINE
from grobunn.ideas.views.addresses import FROM_QUEUE, queue_url
from grobunn.kernel.models import StateChange
from grobunn.organisations.access import asks_here
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import toasts

MOST_AT_ONCE = 50


@require_http_methods(["GET", "POST"])
@asks_here("ideas.see_queue")
def bulk(request: TenantRequest) -> HttpResponse:
    """Show the messages; when they are sent, take the step with each idea."""
    given = request.POST if request.method == "POST" else request.GET
    step = given.get("steg", "")
    if step not in BULK_STEPS:
        raise Http404
    ideas = _ideas(request, given)
    if not ideas:
        toasts.warning(request, _("Select at least one idea first."))
        return redirect(_queue(request, given))
    here = request.municipality
    if request.method == "GET":
        return _page(request, bulk_form(step, None, ideas=ideas, municipality=here), step)
    if "fyll" in request.POST:
        initial = {**request.POST.dict(), **_ready_messages(request, step, ideas)}
        return _page(request, bulk_form(step, None, ideas=ideas, municipality=here, initial=initial), step)
    form = bulk_form(step, request.POST, ideas=ideas, municipality=here)
    if not form.is_valid():
        return _page(request, form, step, status=422)
    if form.shown_for != request.POST.get("vist"):
        toasts.info(request, _("The messages have changed. Look at them, then send."))
        return _page(request, form, step)
    return _told(request, step, move_ideas(form.plans(), step, actor=request.user))


def _ideas(request: TenantRequest, given: QueryDict) -> list[Idea]:
    references = list(dict.fromkeys(given.getlist("i")))[:MOST_AT_ONCE]
    return chosen_ideas(request.user, municipality_id=request.municipality.pk, references=references)


def _ready_messages(request: TenantRequest, step: str, ideas: Sequence[Idea]) -> dict[str, str]:
    """The ready reason that was chosen, as each idea's own message."""
    chosen = request.POST.get("mal", "")
    ready = {reason.code: reason.text for reason in reasons_for(request.municipality, step)}
    return messages_from(ready[chosen], ideas) if chosen in ready else {}


def _page(
    request: TenantRequest, form: BulkForm, step: str, *, status: int = 200, refused: Mapping[str, str] | None = None
) -> HttpResponse:
    """The page of messages. Takes: refused, why not, by the references of ideas that a step was not taken with."""
    given = request.POST or request.GET
    changes, whys = form.changes(), refused or {}
    context = {
        "form": form,
        "parts": [
            (part, preview_of(part.idea, step, changes=changes), whys.get(part.idea.reference, ""))
            for part in form.parts
        ],
        "edge": MACHINE.by_name[step],
        "reasons": reasons_for(request.municipality, step) if form.has_messages else (),
        "back": _queue(request, given),
        "from_queue": given.get(FROM_QUEUE, ""),
    }
    return render(request, "ideas/bulk.html", context, status=status)


def _told(request: TenantRequest, step: str, outcomes: Sequence[Outcome]) -> HttpResponse:
    """Tell what was done; what was not stays on the page with its words, and with why."""
    here = request.municipality
    forget_queue_counts(request.user, municipality_id=here.pk)
    done = [outcome.change for outcome in outcomes if outcome.change is not None]
    left = {outcome.idea.reference: outcome.refusal for outcome in outcomes if outcome.change is None}
    if done:
        _tell_done(request, step, done)
    if not left:
        return redirect(_queue(request, request.POST))
    ideas = chosen_ideas(request.user, municipality_id=here.pk, references=list(left))
    again = request.POST.copy()
    # Whoever sends once more has seen how the ideas are now.
    again.update({f"v-{idea.reference}": str(idea.version) for idea in ideas})
    form = bulk_form(step, again, ideas=ideas, municipality=here)
    return _page(request, form, step, status=409, refused=left)


def _tell_done(request: TenantRequest, step: str, done: Sequence[StateChange]) -> None:
    edge = MACHINE.by_name[step]
    text = ngettext("%(step)s: %(count)s idea.", "%(step)s: %(count)s ideas.", len(done)) % {
        "step": str(edge.label),
        "count": len(done),
    }
    if not edge.undo_minutes:
        toasts.success(request, text)
        return
    url = reverse("ideas:undo_bulk", kwargs={"municipality": request.municipality.slug})
    fields = {"endringer": " ".join(str(change.pk) for change in done), FROM_QUEUE: request.POST.get(FROM_QUEUE, "")}
    mail = _("The mails go in %(minutes)s minutes.") % {"minutes": edge.undo_minutes}
    toasts.success(request, f"{text} {mail}", undo_url=url, undo_fields=fields)


@require_POST
@asks_here("ideas.see_queue")
def undo_bulk(request: TenantRequest) -> HttpResponse:
    """Take back several answers at once, those that nobody has read."""
    here = request.municipality
    try:
        change_ids = [UUID(each) for each in request.POST.get("endringer", "").split()[:MOST_AT_ONCE]]
    except ValueError as error:
        raise Http404 from error
    changes = {
        change.subject_id: change for change in StateChange.objects.filter(pk__in=change_ids, municipality_id=here.pk)
    }
    ideas = chosen_ideas(request.user, municipality_id=here.pk, ids=list(changes))
    outcomes = undo_changes([(idea, changes[idea.pk]) for idea in ideas], actor=request.user)
    undone = sum(outcome.change is not None for outcome in outcomes)
    if undone:
        toasts.success(
            request, ngettext("%(count)s is taken back.", "%(count)s are taken back.", undone) % {"count": undone}
        )
    for outcome in outcomes:
        if outcome.change is None:
            toasts.failure(request, f"{outcome.idea.reference}: {outcome.refusal}")
    forget_queue_counts(request.user, municipality_id=here.pk)
    return redirect(_queue(request, request.POST))


def _queue(request: TenantRequest, given: QueryDict) -> str:
    return queue_url(request.municipality.slug, given.get(FROM_QUEUE, ""))
