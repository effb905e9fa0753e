"""What is done with one click, and undone with one more; and a milestone that gets another day."""

from datetime import date
from typing import TypeVar
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.initiatives.forms.work import MoveForm
from grobunn.initiatives.models import Attachment, Initiative, Milestone, Risk, Task
from grobunn.initiatives.services import milestones, parts, tasks
from grobunn.initiatives.views.fetch import of_initiative
from grobunn.initiatives.views.work.families import FAMILIES
from grobunn.initiatives.views.work.pages import FROM_PAGE, back, family_url, kept
from grobunn.kernel import clock
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import toasts

P = TypeVar("P", Task, Milestone, Risk)

_MILESTONES, _TASKS, _RISKS = FAMILIES["milestones"], FAMILIES["tasks"], FAMILIES["risks"]


@require_POST
@of_initiative("initiatives.view")
def mark_task(request: TenantRequest, initiative: Initiative, part_id: UUID) -> HttpResponse:
    """Done, or not done after all: the form says which."""
    task = _part(Task, initiative, part_id)
    is_done = request.POST.get("done") == "1"
    tasks.mark_task(task, is_done=is_done, actor=request.user)
    if is_done:
        _say(request, _("Done: %(title)s") % {"title": task.title}, initiative, "mark_task", task.pk, done="0")
    return back(request, initiative, _TASKS)


@require_POST
@of_initiative("initiatives.view")
def mark_milestone(request: TenantRequest, initiative: Initiative, part_id: UUID) -> HttpResponse:
    """Reached, or not reached after all: the form says which."""
    milestone = _part(Milestone, initiative, part_id)
    if request.POST.get("done") == "1":
        milestones.reach(milestone, actor=request.user)
        words = _("Reached: %(title)s") % {"title": milestone.title}
        _say(request, words, initiative, "mark_milestone", milestone.pk, done="0")
    else:
        milestones.unreach(milestone, actor=request.user)
    return back(request, initiative, _MILESTONES)


@require_POST
@of_initiative("initiatives.view")
def mark_risk(request: TenantRequest, initiative: Initiative, part_id: UUID) -> HttpResponse:
    """Closed, or open after all: the form says which."""
    risk = _part(Risk, initiative, part_id)
    is_closed = request.POST.get("done") == "1"
    parts.change(risk, actor=request.user, fields={"closed_at": clock.now() if is_closed else None})
    if is_closed:
        _say(request, _("The risk is closed."), initiative, "mark_risk", risk.pk, done="0")
    return back(request, initiative, _RISKS)


@require_http_methods(["GET", "POST"])
@of_initiative("initiatives.work")
def move_milestone(request: TenantRequest, initiative: Initiative, part_id: UUID) -> HttpResponse:
    """Another day for a milestone, and why."""
    milestone = _part(Milestone, initiative, part_id)
    initial = {"to": milestone.due_on, "seen": milestone.due_on.isoformat()}
    form = MoveForm(request.POST or None, initiative=initiative, actor=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        moved = {"to": given["to"], "reason": given["reason"], "key": given["key"], "actor": request.user}
        if kept(form, lambda: milestones.move(milestone, seen=_day(given["seen"]), **moved)):
            toasts.success(request, _("The milestone has a new day, and the page says why."))
            return redirect(family_url(initiative, _MILESTONES))
    context = {"initiative": initiative, "municipality": initiative.municipality, "form": form, "milestone": milestone}
    return render(request, "initiatives/work/move.html", context, status=422 if form.errors else 200)


@require_GET
@of_initiative("initiatives.view")
def download(request: TenantRequest, initiative: Initiative, part_id: UUID) -> HttpResponseBase:
    """A file, always as a download and never opened as a page of ours; a text, as text."""
    attachment = Attachment.objects.filter(initiative=initiative, pk=part_id).first()
    if attachment is None:
        raise Http404
    if not attachment.file:
        context = {"initiative": initiative, "municipality": initiative.municipality, "attachment": attachment}
        return render(request, "initiatives/work/text.html", context)
    name, media_type = attachment.file_name, attachment.media_type
    response = FileResponse(attachment.file.open("rb"), as_attachment=True, filename=name, content_type=media_type)
    response["Cache-Control"] = "private, no-store"
    return response


def _part(part_type: type[P], initiative: Initiative, part_id: UUID) -> P:
    part = part_type.objects.filter(initiative=initiative, pk=part_id).first()
    if part is None:
        raise Http404
    part.initiative = initiative
    return part


def _say(request: TenantRequest, words: str, initiative: Initiative, name: str, part_id: UUID, **undo: str) -> None:
    """Tell that it is done, with a button that takes it back to where it was done."""
    where = {"municipality": initiative.municipality.slug, "reference": initiative.reference, "part_id": part_id}
    kept_place = {FROM_PAGE: "1"} if FROM_PAGE in request.POST else {}
    url = reverse(f"initiatives:{name}", kwargs=where)
    toasts.success(request, words, undo_url=url, undo_fields={**undo, **kept_place})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
