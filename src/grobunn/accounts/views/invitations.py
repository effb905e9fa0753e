"""Taking up an invitation."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from grobunn.accounts import queries
from grobunn.accounts.forms import InvitationForm
from grobunn.accounts.models import Invitation
from grobunn.accounts.services import invitations
from grobunn.accounts.services.invitations import InvitationClosed, InvitedIsAnother
from grobunn.kernel.permissions import open_to_all


@require_http_methods(["GET", "POST"])
@never_cache
@open_to_all("Whoever is invited has no account yet; the signed link in the mail is what lets them in.")
def take_up_invitation(request: HttpRequest, key: str) -> HttpResponse:
    """Join: with the account that one has, or with a new one."""
    try:
        invitation = invitations.invitation_of_key(key)
        if queries.user_with_address(invitation.email) is not None:
            return _with_account(request, invitation)
        return _as_new(request, invitation)
    except InvitationClosed:
        return render(request, "accounts/invitation_closed.html", status=410)


def _as_new(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = InvitationForm(request.POST or None, email=invitation.email, initial={"name": invitation.name})
    if request.method != "POST" or not form.is_valid():
        context = {"invitation": invitation, "form": form}
        return render(request, "accounts/invitation.html", context, status=422 if form.errors else 200)
    user = invitations.accept_as_new(invitation, **form.cleaned_data)
    return perform_login(request, user, redirect_url=settings.LOGIN_REDIRECT_URL)


def _with_account(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    context = {"invitation": invitation, "has_account": True}
    if not request.user.is_authenticated or request.method != "POST":
        return render(request, "accounts/invitation.html", context)
    try:
        invitations.accept_as(request.user, invitation)
    except InvitedIsAnother:
        return render(request, "accounts/invitation.html", {**context, "is_another": True}, status=403)
    messages.success(request, _("Welcome. You have joined."))
    return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
