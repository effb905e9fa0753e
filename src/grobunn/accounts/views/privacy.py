"""What is held about oneself: to see, to take along, to have removed."""

import json

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from grobunn.accounts import privacy
from grobunn.accounts.forms import DeleteAccountForm
from grobunn.accounts.services.users import delete_user
from grobunn.accounts.views.person import person_of
from grobunn.kernel import clock
from grobunn.kernel.permissions import requires


@require_GET
@never_cache
@requires("accounts.manage_own")
def my_data(request: HttpRequest) -> HttpResponse:
    """What each part of Grobunn holds about the person, and why."""
    parts = [
        (holding, json.dumps(holding.export(person_of(request)), ensure_ascii=False, indent=2))
        for holding in privacy.holdings()
    ]
    return render(request, "accounts/my_data.html", {"parts": parts})


@require_GET
@never_cache
@requires("accounts.manage_own")
def export_my_data(request: HttpRequest) -> HttpResponse:
    """The same as a file (GDPR articles 15 and 20)."""
    told = json.dumps(privacy.export_of(person_of(request)), ensure_ascii=False, indent=2)
    name = f"grobunn-{clock.today().isoformat()}.json"
    return HttpResponse(
        told,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "POST"])
@never_cache
@requires("accounts.manage_own")
@reauthentication_required
def delete_account(request: HttpRequest) -> HttpResponse:
    """Remove the account (GDPR article 17), after saying what becomes of what it wrote."""
    user = person_of(request)
    form = DeleteAccountForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        delete_user(user, actor=user)
        logout(request)
        messages.success(request, _("Your account is deleted."))
        return HttpResponseRedirect("/")
    return render(request, "accounts/delete_account.html", {"form": form}, status=422 if form.errors else 200)
