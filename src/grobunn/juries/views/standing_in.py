"""A substitute is called in for an entry, or sent home."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grobunn.juries.addresses import page_of
from grobunn.juries.models import Entry, Member, StandIn
from grobunn.juries.queries.overview import name_of
from grobunn.juries.services.standing_in import call_in, send_home
from grobunn.juries.views.fetch import of_entry
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import toasts


@require_POST
@of_entry("juries.handle")
def choose(request: TenantRequest, entry: Entry) -> HttpResponse:
    """Somebody stands in for the member named, or nobody any more."""
    instead_of = _member_or_404(entry, request.POST.get("instead_of", ""))
    try:
        if request.POST.get("substitute"):
            substitute = _member_or_404(entry, request.POST["substitute"])
            call_in(entry, substitute=substitute, instead_of=instead_of, actor=request.user)
            toasts.success(request, _("%(name)s stands in, and is told.") % {"name": name_of(substitute)})
        else:
            for stand_in in StandIn.objects.filter(entry=entry, instead_of=instead_of):
                stand_in.entry = entry
                send_home(stand_in, actor=request.user)
            toasts.success(request, _("Nobody stands in now."))
    except TransitionRefused as refused:
        toasts.warning(request, str(refused.message))
    return redirect(page_of(entry.panel, "assess"))


def _member_or_404(entry: Entry, wanted: str) -> Member:
    try:
        member_id = UUID(wanted)
    except ValueError as error:
        raise Http404 from error
    member = Member.objects.present().select_related("user").filter(panel=entry.panel, pk=member_id).first()
    if member is None:
        raise Http404
    member.panel = entry.panel
    return member
