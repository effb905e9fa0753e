"""Sign in as one of the made-up people of demo mode."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from grobunn.accounts.personas import PERSONAS
from grobunn.accounts.services.personas import DemoIsOff, UnknownPersona, persona_to_sign_in
from grobunn.kernel.permissions import open_to_all
from grobunn.ui.returning import page_of_ours

_BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_http_methods(["GET", "POST"])
@never_cache
@open_to_all("Whoever tries the demonstration has no account; outside demo mode everything here is refused.")
def sign_in_as_persona(request: HttpRequest) -> HttpResponse:
    """Offer the personas, and sign in as the chosen one."""
    if not settings.DEMO:
        return render(request, "accounts/demo_is_off.html", status=403)
    if request.method == "GET":
        return _offered(request)
    try:
        user = persona_to_sign_in(request.POST.get("persona", ""))
    except UnknownPersona:
        return _offered(request, status=422)
    except DemoIsOff:
        return render(request, "accounts/demo_is_off.html", status=403)
    login(request, user, backend=_BACKEND)
    UserSession.objects.create_from_request(request)
    return HttpResponseRedirect(_next_of(request))


def _offered(request: HttpRequest, status: int = 200) -> HttpResponse:
    context = {"personas": PERSONAS.values(), "next": _next_of(request)}
    return render(request, "accounts/demo.html", context, status=status)


def _next_of(request: HttpRequest) -> str:
    """Where to go afterwards: never to another site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return page_of_ours(request, wanted) or settings.LOGIN_REDIRECT_URL
