"""The newsletter: asked for here, confirmed from the mail, stopped by the link in every mail (notifications)."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.kernel.limits import Rate, limited
from grobunn.kernel.permissions import open_to_all
from grobunn.organisations.requests import TenantRequest
from grobunn.stories.forms.writing import AddressForm
from grobunn.stories.queries.newsletter import subscription_of
from grobunn.stories.services import newsletter as services

# A whole municipality sits behind one network address.
_BY_PERSON = Rate(count=10, seconds=3600)
_BY_ADDRESS = Rate(count=60, seconds=3600)


@require_GET
@open_to_all("The newsletter is for everybody.")
def show_newsletter(request: TenantRequest, municipality: str) -> HttpResponse:
    """What the newsletter is, and where to ask for it."""
    email = request.user.email if request.user.is_authenticated else ""
    return render(request, "stories/newsletter.html", {"form": AddressForm(initial={"email": email})})


@require_POST
@open_to_all("The newsletter is for everybody; nothing is sent but one mail to confirm.")
@limited("stories.ask_newsletter", known=_BY_PERSON, unknown=_BY_ADDRESS)
def ask(request: TenantRequest, municipality: str) -> HttpResponse:
    """Ask for it. The answer is the same whoever has it already: nobody learns who subscribes."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return render(request, "stories/newsletter.html", {"form": form}, status=422)
    language = (get_language() or request.municipality.language)[:2]
    services.subscribe(request.municipality, email=form.cleaned_data["email"], language=language)
    return render(request, "stories/newsletter.html", {"asked": form.cleaned_data["email"]})


@require_http_methods(["GET", "POST"])
@open_to_all("Whoever has the signed link has the mailbox.")
def confirm_address(request: TenantRequest, municipality: str, token: str) -> HttpResponse:
    """Confirm an address; a GET changes nothing, for link checkers open every link of a mail."""
    subscription = subscription_of(token)
    if subscription is None or subscription.municipality_id != request.municipality.pk:
        raise Http404
    if request.method == "POST":
        services.confirm(subscription)
    context = {"is_confirmed": subscription.confirmed_at is not None, "email": subscription.email}
    response = render(request, "stories/confirm_newsletter.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store, private"
    return response
