"""The person's own choices of language and appearance, and a municipality's colour as a style sheet."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from grobunn.kernel.permissions import open_to_all
from grobunn.ui import appearance, colours, languages
from grobunn.ui.returning import page_of_ours


@require_POST
@open_to_all("Everybody chooses the language they read.")
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language: in a cookie, and on the account of somebody signed in."""
    response = HttpResponseRedirect(_back(request))
    language = request.POST.get("language", "")
    if language not in languages.OWN_NAMES:
        return response
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=languages.COOKIE_AGE_SECONDS,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
    if request.user.is_authenticated and request.user.language != language:
        request.user.language = language
        request.user.save(update_fields=["language"])
    return response


@require_POST
@open_to_all("Everybody chooses light or dark.")
def choose_appearance(request: HttpRequest) -> HttpResponse:
    """Keep the chosen appearance in a cookie; "as the device says" takes the cookie away."""
    response = HttpResponseRedirect(_back(request))
    wanted = request.POST.get("appearance", "")
    if wanted in (appearance.Appearance.LIGHT, appearance.Appearance.DARK):
        response.set_cookie(
            appearance.COOKIE,
            wanted,
            max_age=appearance.COOKIE_AGE_SECONDS,
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )
    else:
        response.delete_cookie(appearance.COOKIE, samesite="Lax")
    return response


@require_GET
@cache_control(public=True, max_age=31536000, immutable=True)
@open_to_all("A colour is no secret; the page that uses it may be public.")
def theme(request: HttpRequest, colour: str) -> HttpResponse:
    """The style sheet of one colour; the address holds the colour, so it never changes."""
    try:
        text = colours.style_sheet(f"#{colour}")
    except ValueError as error:
        raise Http404 from error
    return HttpResponse(text, content_type="text/css; charset=utf-8")


def _back(request: HttpRequest) -> str:
    """The page to return to, never one of somebody else's."""
    return page_of_ours(request, request.POST.get("next", "")) or "/"
