"""The methods of a municipality: what is offered, what is made here, and every edition of it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.methods.contents import content_of, data_of, empty_phase
from grobunn.methods.errors import MethodRefused
from grobunn.methods.forms.editor import NewMethodForm
from grobunn.methods.packaged import packaged_method
from grobunn.methods.queries import editions_of, method_of, methods_of, own_method
from grobunn.methods.services.own import make_method, set_offered
from grobunn.methods.shapes import Method
from grobunn.methods.views.addresses import address
from grobunn.organisations.models import Municipality
from grobunn.organisations.views.access import of_municipality
from grobunn.organisations.views.pages import form_page, page
from grobunn.ui import toasts

methods_page = of_municipality("methods.set_up")


@require_GET
@methods_page
def show_methods(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Own ones first, then what comes with Grobunn; each offered or not."""
    methods = methods_of(municipality.pk)
    return page(request, municipality, "methods/list.html", title=_("Methods"), methods=methods)


@require_http_methods(["GET", "POST"])
@methods_page
def new_method(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """A name, and what to begin from; then to its phases."""
    choices = [(each.method.key, each.method.name) for each in methods_of(municipality.pk)]
    form = NewMethodForm(request.POST or None, methods=choices, initial={"based_on": request.GET.get("fra", "")})
    if request.method == "POST" and form.is_valid():
        content = _begun(municipality, form.cleaned_data["based_on"])
        method = make_method(municipality, name=form.cleaned_data["name"], content=content, actor=request.user)
        return HttpResponseRedirect(address("edit", municipality, key=method.key))
    back = address("list", municipality)
    return form_page(
        request,
        municipality,
        form,
        template="methods/new.html",
        title=_("New method"),
        above=[(_("Methods"), back)],
        back=back,
    )


@require_GET
@methods_page
def show_method(request: HttpRequest, municipality: Municipality, key: str) -> HttpResponse:
    """A method as whoever works by it reads it, and its editions if it is made here."""
    own = own_method(municipality.pk, key)
    editions = editions_of(own) if own else []
    wanted = request.GET.get("utgave", "")
    shown = method_of(municipality.pk, key, edition=int(wanted) if wanted.isdecimal() and len(wanted) < 6 else None)
    if shown is None:
        raise Http404
    return page(
        request,
        municipality,
        "methods/method.html",
        title=shown.name,
        above=[(_("Methods"), address("list", municipality))],
        method=shown,
        own=own,
        editions=editions,
        is_latest=own is None or shown.edition == own.edition,
    )


@require_POST
@methods_page
def offer(request: HttpRequest, municipality: Municipality, key: str) -> HttpResponse:
    """Offer it to new work, or no longer."""
    if own_method(municipality.pk, key) is None and packaged_method(key, "nb") is None:
        raise Http404
    is_offered = request.POST.get("tilby") == "1"
    try:
        set_offered(municipality, key=key, is_offered=is_offered, actor=request.user)
    except MethodRefused as refused:
        toasts.failure(request, refused.message)
    else:
        told = (
            _("New work can go by it.") if is_offered else _("New work cannot choose it. Work that goes by it goes on.")
        )
        toasts.success(request, told)
    return HttpResponseRedirect(address("list", municipality))


def _begun(municipality: Municipality, key: str) -> dict[str, object]:
    """What a new method holds: a copy in the municipality's language, or one empty phase."""
    method = _in_language(municipality, key) if key else None
    if method is not None:
        return data_of(method)
    return content_of(name="", summary="", phases=[{**empty_phase(), "name": _("First phase")}])


def _in_language(municipality: Municipality, key: str) -> Method | None:
    packaged = packaged_method(key, municipality.language)
    return packaged or method_of(municipality.pk, key)
