"""The operator's page of mails that stopped."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from grobunn.kernel import paging
from grobunn.kernel.permissions import requires
from grobunn.notifications import queries
from grobunn.notifications.services import mails
from grobunn.notifications.views.requests import SignedInRequest

PAGE_SIZE = 50
_ACTS = {"send_again": _("The mail is back in the queue."), "set_aside": _("The mail is left unsent.")}


@requires("notifications.mend_mail")
@require_safe
def stopped_mails(request: HttpRequest) -> HttpResponse:
    """Mails that were refused or are in doubt, the last first; without their words, which are not the operator's."""
    stopped = queries.mails_needing_attention().defer("subject", "text")
    try:
        page = paging.page(stopped, order=("-id",), size=PAGE_SIZE, cursor=request.GET.get("cursor"))
    except paging.BadCursor as error:
        raise Http404 from error
    return render(request, "notifications/stopped_mails.html", {"page": page})


@requires("notifications.mend_mail")
@require_POST
def mend_mail(request: SignedInRequest, mail_id: UUID) -> HttpResponse:
    """Send one again, or leave it."""
    act = request.POST.get("act", "")
    if act not in _ACTS:
        raise Http404
    mail = get_object_or_404(queries.mails_needing_attention(), pk=mail_id)
    if mails.mend(mail, act, actor=request.user):
        messages.success(request, _ACTS[act])
    else:
        messages.info(request, _("Somebody was before you: the mail has moved on."))
    return redirect("notifications:stopped_mails")
