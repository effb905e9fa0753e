"""What a person wants by mail."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grobunn.kernel.permissions import requires
from grobunn.notifications import queries, words
from grobunn.notifications.forms import ChoicesForm
from grobunn.notifications.models import Stop
from grobunn.notifications.services.choose import choose_deliveries
from grobunn.notifications.services.stop import start_thread_again
from grobunn.notifications.views.requests import SignedInRequest


@requires("notifications.choose_own")
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: SignedInRequest) -> HttpResponse:
    """When the mails of each kind come, and what was stopped."""
    form = ChoicesForm(request.POST or None, chosen=queries.deliveries_of(request.user))
    if request.method == "POST" and form.is_valid():
        choose_deliveries(request.user, form.deliveries)
        messages.success(request, _("Your choices are saved."))
        return redirect("notifications:settings")
    last = queries.last_of_each_thread(request.user)
    stops = [{"stop": stop, "says": words.stop_in_words(stop, last=last)} for stop in queries.stops_of(request.user)]
    return render(request, "notifications/choices.html", {"form": form, "stops": stops})


@requires("notifications.choose_own")
@require_POST
def start_again(request: SignedInRequest, stop_id: int) -> HttpResponse:
    """Get mails again that were stopped."""
    try:
        stop = queries.stops_of(request.user).get(pk=stop_id)
    except Stop.DoesNotExist as error:
        raise Http404 from error
    start_thread_again(stop)
    messages.success(request, _("You get these mails again."))
    return redirect("notifications:settings")
