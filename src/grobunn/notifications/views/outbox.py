"""Demo mode's outbox: every mail as it would look."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from grobunn.kernel import paging
from grobunn.kernel.permissions import requires
from grobunn.notifications import letters, queries
from grobunn.notifications.words import Words

PAGE_SIZE = 25


@requires("notifications.read_outbox")
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """All mails, the last first."""
    try:
        page = paging.page(queries.all_mails(), order=("-id",), size=PAGE_SIZE, cursor=request.GET.get("cursor"))
    except paging.BadCursor as error:
        raise Http404 from error
    return render(request, "notifications/outbox.html", {"page": page})


@requires("notifications.read_outbox")
@require_safe
def outbox_mail(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """One mail: who gets it, its headers, its words."""
    mail = get_object_or_404(queries.all_mails(), pk=mail_id)
    headers = letters.headers_of(mail, Words(mail.subject, mail.text)) if mail.to_address else []
    return render(request, "notifications/outbox_mail.html", {"mail": mail, "headers": headers})
