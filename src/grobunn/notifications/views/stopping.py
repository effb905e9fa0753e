"""The link in a mail that stops more like it: for a person who opens it, and for the button of a mail program."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from grobunn.kernel.permissions import open_to_all
from grobunn.notifications import stops
from grobunn.notifications.kinds import registered
from grobunn.notifications.services import stop
from grobunn.notifications.stops import Subscription

# What a person's button says; the button of a mail program (RFC 8058) says none of them.
_ACTS: dict[str, Callable[[Subscription], None]] = {
    "kind": stop.stop_kind,
    "thread": stop.stop_thread,
    "everything": stop.stop_everything,
    "again": stop.start_again,
}


@open_to_all("The signed link is the permission: a mail program presses the button without a login or a cookie.")
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mails(request: HttpRequest, token: str) -> HttpResponse:
    """Ask what to stop, and stop it; a GET changes nothing, for link checkers open every link of a mail."""
    subscription = stops.read_token(token)
    if subscription is None:
        raise Http404
    done = ""
    if request.method == "POST":
        done = request.POST.get("act", "offered")
        _ACTS.get(done, stop.stop_as_offered)(subscription)
    return render(
        request,
        "notifications/stop.html",
        {"subscription": subscription, "kind": registered().get(subscription.kind), "done": done},
    )
