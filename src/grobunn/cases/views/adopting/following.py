"""What somebody follows, and what the weekly notice is made of."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grobunn.cases.forms.following import FollowForm
from grobunn.cases.queries.following import cases_followed_by, topics_followed_by
from grobunn.cases.services.following import follow_topic, unfollow_topic
from grobunn.kernel.permissions import requires
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import signed_in
from grobunn.ui import toasts


@require_http_methods(["GET", "POST"])
@requires("cases.follow")
def show_following(request: HttpRequest) -> HttpResponse:
    """The list, and a form to follow more."""
    form = FollowForm(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        try:
            for topic, value in form.chosen():
                follow_topic(user=signed_in(request), topic=topic, value=value)
        except TransitionRefused as refusal:
            toasts.failure(request, str(refusal.message))
        else:
            toasts.success(request, _("You follow %(names)s now.") % {"names": form.names})
        return redirect("cases:following")
    context = {
        "form": form,
        "cases": cases_followed_by(request.user),
        "topics": topics_followed_by(request.user),
    }
    return render(request, "cases/following.html", context, status=422 if form.errors else 200)


@require_POST
@requires("cases.follow")
def stop_following(request: HttpRequest, followed_id: UUID) -> HttpResponse:
    """Let one of them go."""
    user = signed_in(request)
    name = next((each.words for each in topics_followed_by(user) if each.id == followed_id), "")
    unfollow_topic(user=user, followed_id=followed_id)
    if name:
        toasts.success(request, _("You do not follow %(name)s any more.") % {"name": name})
    return redirect("cases:following")
