"""One's own account at a glance."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from grobunn.accounts import queries
from grobunn.accounts.forms import ProfileForm
from grobunn.accounts.services.users import rename_user
from grobunn.accounts.views.person import person_of
from grobunn.kernel.permissions import requires


@require_http_methods(["GET", "POST"])
@never_cache
@requires("accounts.manage_own")
def overview(request: HttpRequest) -> HttpResponse:
    """Name and language, and the ways to everything else about the account."""
    user = person_of(request)
    form = ProfileForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        rename_user(user, name=form.cleaned_data["name"], language=form.cleaned_data["language"])
        messages.success(request, _("Your name and language are saved."))
        return HttpResponseRedirect(reverse("accounts:overview"))
    context = {"form": form, "means": queries.sign_in_means(user), "token_count": queries.own_tokens(user).count()}
    return render(request, "accounts/overview.html", context, status=422 if form.errors else 200)
