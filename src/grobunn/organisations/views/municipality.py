"""How the municipality shows itself, what it promises, where it sends people."""

from typing import Any

from django.db import transaction
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from grobunn.kernel.permissions import open_to_all
from grobunn.organisations.errors import SetUpRefused
from grobunn.organisations.forms import AddressesForm, ProfileForm, PromiseForm
from grobunn.organisations.models import Municipality
from grobunn.organisations.requests import TenantRequest
from grobunn.organisations.services.logo import rewritten_logo
from grobunn.organisations.services.municipality import change_logo, change_municipality
from grobunn.organisations.views.access import municipality_page
from grobunn.organisations.views.pages import address, blame, form_page
from grobunn.ui import toasts


@municipality_page
@transaction.atomic
def profile(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    form = _filled(ProfileForm, request, municipality)
    if form.is_valid():
        try:
            _change_logo(form, request, municipality)
        except SetUpRefused as refused:
            blame(form, refused)
        else:
            return _changed(request, municipality, form, "profile")
    return form_page(request, municipality, form, title=_("The municipality"), template="organisations/profile.html")


@municipality_page
@transaction.atomic
def promise(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    form = _filled(PromiseForm, request, municipality)
    if form.is_valid():
        return _changed(request, municipality, form, "promise")
    lead = _("How long it takes at most before an idea is answered. New deadlines count for new ideas.")
    return form_page(request, municipality, form, title=_("Promise of an answer"), lead=lead)


@municipality_page
@transaction.atomic
def addresses(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    form = _filled(AddressesForm, request, municipality)
    if form.is_valid():
        return _changed(request, municipality, form, "addresses")
    lead = _("Some things are not ideas. These are the addresses that people are shown then.")
    return form_page(request, municipality, form, title=_("Addresses"), lead=lead)


@require_GET
@cache_control(public=True, max_age=31536000, immutable=True)
@open_to_all("The logo stands on top of public pages.")
def logo(request: TenantRequest, municipality: str) -> HttpResponse:
    here = request.municipality
    if not here.logo:
        raise Http404
    with here.logo.open() as file:
        return HttpResponse(file.read(), content_type="image/png")


def _filled(form_class: type[ModelForm], request: HttpRequest, here: Municipality) -> Any:
    """The form over a fresh row: the one of the request is shared with the page's frame. What is sent locks it."""
    rows = Municipality.objects.select_for_update(no_key=True) if request.method == "POST" else Municipality.objects
    row = rows.get(pk=here.pk)
    return form_class(request.POST or None, request.FILES or None, instance=row)


def _change_logo(form: Any, request: HttpRequest, municipality: Municipality) -> None:
    uploaded = form.cleaned_data.pop("logo", None)
    is_removed = form.cleaned_data.pop("remove_logo", False)
    row = Municipality.objects.get(pk=municipality.pk)
    if uploaded:
        new = rewritten_logo(uploaded, size_bytes=uploaded.size, municipality_id=row.pk)
        change_logo(row, actor=request.user, logo=new)
    elif is_removed:
        change_logo(row, actor=request.user, logo=None)


def _changed(request: HttpRequest, municipality: Municipality, form: Any, name: str) -> HttpResponse:
    row = Municipality.objects.get(pk=municipality.pk)
    change_municipality(row, actor=request.user, changes=form.cleaned_data)
    toasts.success(request, _("Saved."))
    return HttpResponseRedirect(address(name, municipality))
