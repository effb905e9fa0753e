"""The inbox: what a person has been told."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from grobunn.kernel import paging
from grobunn.kernel.permissions import requires
from grobunn.notifications import queries, words
from grobunn.notifications.models import Notice
from grobunn.notifications.services import read
from grobunn.notifications.views.requests import SignedInRequest

PAGE_SIZE = 25


@requires("notifications.read_own")
@require_safe
def inbox(request: SignedInRequest) -> HttpResponse:
    """Everything, or what is unread, the last first."""
    is_unread_only = request.GET.get("vis") == "uleste"
    notices = queries.unread_of(request.user) if is_unread_only else queries.inbox_of(request.user)
    try:
        page = paging.page(
            notices.select_related("municipality"),
            order=("-visible_at", "-id"),
            size=PAGE_SIZE,
            cursor=request.GET.get("cursor"),
        )
    except paging.BadCursor as error:
        raise Http404 from error
    rows = [{"notice": notice, "title": words.title_of(notice)} for notice in page.rows]
    return render(
        request,
        "notifications/inbox.html",
        {"page": page, "rows": rows, "is_unread_only": is_unread_only, "is_everything": not is_unread_only},
    )


@requires("notifications.read_own")
@require_safe
def open_notice(request: SignedInRequest, notice_id: UUID) -> HttpResponse:
    """Go to what a notice is about; it is read then."""
    notice = _own_or_404(request, notice_id)
    read.read_notice(notice)
    return redirect(notice.url or "notifications:inbox")


@requires("notifications.read_own")
@require_POST
def mark_read(request: SignedInRequest, notice_id: UUID) -> HttpResponse:
    """Mark one notice as read and stay."""
    read.read_notice(_own_or_404(request, notice_id))
    return redirect("notifications:inbox")


@requires("notifications.read_own")
@require_POST
def mark_all_read(request: SignedInRequest) -> HttpResponse:
    """Mark everything as read and stay."""
    read.read_all(request.user)
    messages.success(request, _("Everything is marked as read."))
    return redirect("notifications:inbox")


def _own_or_404(request: SignedInRequest, notice_id: UUID) -> Notice:
    try:
        return queries.notice_for(request.user, notice_id)
    except Notice.DoesNotExist as error:
        raise Http404 from error
