"""Applause and following: one press, with or without scripts."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from grobunn.discussion.panel import applause_of, following_of
from grobunn.discussion.queries import reactions_of
from grobunn.discussion.services import applause, follow
from grobunn.discussion.views.fetch import Found, subject_or_404
from grobunn.kernel.permissions import requires
from grobunn.organisations.requests import TenantRequest


@require_http_methods(["GET", "POST"])
@requires("discussion.take_part")
def applaud(request: TenantRequest, municipality: str, kind: str, subject_id: UUID) -> HttpResponse:
    """Applaud, or take it back: the form says which, so that pressing twice does not undo."""
    found = subject_or_404(request, kind, subject_id)
    if request.method == "POST":
        act = applause.applaud if request.POST.get("on") == "1" else applause.take_back
        act(found.subject, attachable=found.attachable, actor=request.user)
    return _answer(request, found, "discussion/_applause.html")


@require_http_methods(["GET", "POST"])
@requires("discussion.take_part")
def follow_or_not(request: TenantRequest, municipality: str, kind: str, subject_id: UUID) -> HttpResponse:
    """Follow, or stop: the form says which."""
    found = subject_or_404(request, kind, subject_id)
    if request.method == "POST":
        act = follow.follow if request.POST.get("on") == "1" else follow.unfollow
        act(found.subject, attachable=found.attachable, actor=request.user)
    return _answer(request, found, "discussion/_follow.html")


def _answer(request: TenantRequest, found: Found, template: str) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(found.url)
    reactions = reactions_of(found.attachable.kind, found.subject.pk, request.user)
    panel = {
        "kind": found.attachable.kind,
        "subject_id": found.subject.pk,
        "slug": request.municipality.slug,
        "applause": applause_of(reactions, is_answer=True),
        "following": following_of(reactions, is_answer=True),
        "may_applaud": found.attachable.may_applaud(request.user, found.subject),
        "may_follow": found.attachable.may_follow(request.user, found.subject),
    }
    return render(request, template, {"panel": panel})
