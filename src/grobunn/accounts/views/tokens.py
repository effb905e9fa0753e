"""Tokens of programs: one's own, and those of a municipality that one may set up."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.accounts import delegation, queries
from grobunn.accounts.forms import ServiceTokenForm, TokenForm
from grobunn.accounts.models import ApiToken
from grobunn.accounts.services import tokens
from grobunn.accounts.views.person import person_of
from grobunn.kernel import permissions
from grobunn.kernel.permissions import requires


@require_GET
@never_cache
@requires("accounts.manage_own")
def list_tokens(request: HttpRequest) -> HttpResponse:
    """One's own tokens, and the programs of the municipalities that one may set up."""
    offered = delegation.municipalities_of(request.user)
    context = {
        "own": queries.own_tokens(person_of(request)),
        "services": [(name, queries.tokens_of_municipality(key)) for key, name in offered.items()],
    }
    return render(request, "accounts/tokens.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@requires("accounts.manage_own")
@reauthentication_required
def make_token(request: HttpRequest) -> HttpResponse:
    """Make a token of one's own, and show it once."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = tokens.make_token(person_of(request), **form.cleaned_data)
        return render(request, "accounts/token_made.html", {"made": made})
    return render(request, "accounts/token_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@never_cache
@requires("accounts.make_service_token")
@reauthentication_required
def make_service_token(request: HttpRequest) -> HttpResponse:
    """Make a token for a program of a municipality, and show it once."""
    offered = dict(delegation.municipalities_of(request.user))
    form = ServiceTokenForm(request.POST or None, municipalities=offered)
    if request.method == "POST" and form.is_valid():
        wanted = dict(form.cleaned_data)
        made = tokens.make_service_token(
            municipality_id=wanted.pop("municipality"), made_by=person_of(request), **wanted
        )
        return render(request, "accounts/token_made.html", {"made": made})
    context = {"form": form, "is_service": True}
    return render(request, "accounts/token_form.html", context, status=422 if form.errors else 200)


@require_POST
@requires("accounts.revoke_token")
def revoke_token(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """End a token at once."""
    token = ApiToken.objects.filter(pk=token_id).first()
    if token is None or not permissions.is_allowed("accounts.revoke_token", request.user, token):
        raise Http404  # Somebody else's token is not told of.
    tokens.revoke_token(token, actor=request.user)
    messages.success(request, _("The token %(name)s no longer works.") % {"name": token.name})
    return HttpResponseRedirect(reverse("accounts:tokens"))
