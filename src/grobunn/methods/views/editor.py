"""Writing a method: one form with every phase, changed by buttons, kept when it is saved as a new edition."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grobunn.methods.contents import content_of, empty_phase, filled_in
from grobunn.methods.errors import MethodChangedMeanwhile
from grobunn.methods.forms.editor import MAX_PHASES, MethodForm, PhaseForms
from grobunn.methods.models import OwnMethod
from grobunn.methods.queries import method_of, own_method
from grobunn.methods.services.own import save_edition
from grobunn.methods.shapes import Method, read_method
from grobunn.methods.views.addresses import address
from grobunn.methods.views.listing import methods_page
from grobunn.organisations.models import Municipality
from grobunn.organisations.views.pages import page
from grobunn.ui import toasts

Phases = list[dict[str, Any]]


@require_http_methods(["GET", "POST"])
@methods_page
def edit(request: HttpRequest, municipality: Municipality, key: str) -> HttpResponse:
    """The phases in order; each button gives the same form back with what was written, but one step on."""
    own = own_method(municipality.pk, key)
    if own is None:
        raise Http404
    if request.method == "GET":
        return _opened(request, own)
    form, phases = MethodForm(request.POST), PhaseForms(request.POST, prefix="p")
    act, _colon, place = request.POST.get("act", "save").partition(":")
    if act in _ACTS and place.isdecimal():
        return _acted(request, own, form, phases, act=act, place=int(place))
    if not (form.is_valid() and phases.is_valid()):
        return _page(request, own, form, phases, status=422)
    content = _content(own, form, phases)
    if act == "preview":
        shown = read_method({**content, "key": key}, language=municipality.language)
        return _page(request, own, _again(form), _refilled(shown), preview=shown)
    return _saved(request, own, form, phases, content)


def _opened(request: HttpRequest, own: OwnMethod) -> HttpResponse:
    """The latest edition, or an earlier one to begin from again."""
    wanted = request.GET.get("utgave", "")
    edition = int(wanted) if wanted.isdecimal() and len(wanted) < 6 else None
    method = method_of(own.municipality_id, own.key, edition=edition)
    if method is None:
        raise Http404
    form = MethodForm(initial={"edition": own.edition, "name": method.name, "summary": method.summary})
    return _page(request, own, form, _refilled(method))


def _saved(
    request: HttpRequest, own: OwnMethod, form: MethodForm, phases: Any, content: Mapping[str, Any]
) -> HttpResponse:
    try:
        saved = save_edition(own, content=content, seen=form.cleaned_data["edition"], actor=request.user)
    except MethodChangedMeanwhile as refused:
        form = _again(form, edition=refused.edition)
        return _page(request, own, form, phases, status=409, outdated=str(refused.message))
    toasts.success(request, _("Saved as edition %(number)s.") % {"number": saved.edition})
    return HttpResponseRedirect(address("method", own.municipality, key=own.key))


def _acted(
    request: HttpRequest, own: OwnMethod, form: MethodForm, phases: Any, *, act: str, place: int
) -> HttpResponse:
    if not phases.management_form.is_valid():
        raise Http404
    written = [each.raw() for each in phases.forms]
    at = _ACTS[act](written, place)
    return _page(request, own, _again(form), _of(written), focus=(at, act))


def _page(request: HttpRequest, own: OwnMethod, form: MethodForm, phases: Any, **context: Any) -> HttpResponse:
    return page(
        request,
        own.municipality,
        "methods/edit.html",
        title=own.name,
        above=[(_("Methods"), address("list", own.municipality))],
        own=own,
        form=form,
        phases=phases,
        may_add=len(phases.forms) < MAX_PHASES,
        **{"focus": None, "preview": None, "outdated": "", **context},
    )


def _content(own: OwnMethod, form: MethodForm, phases: Any) -> dict[str, Any]:
    latest = method_of(own.municipality_id, own.key)
    kept = {"source": latest.source, "source_url": latest.source_url} if latest else {}
    written = [each.cleaned_data for each in phases.forms]
    return content_of(
        name=form.cleaned_data["name"], summary=form.cleaned_data["summary"], phases=written, based_on=kept
    )


def _again(form: MethodForm, **changes: Any) -> MethodForm:
    """The same words in a form that nothing is said about yet."""
    return MethodForm(initial={**{name: form[name].value() for name in form.fields}, **changes})


def _refilled(method: Method) -> Any:
    return _of(filled_in(method))


def _of(phases: Phases) -> Any:
    return PhaseForms(initial=phases, prefix="p")


def _moved(phases: Phases, place: int, steps: int) -> int:
    to = place + steps
    if 0 <= place < len(phases) and 0 <= to < len(phases):
        phases[place], phases[to] = phases[to], phases[place]
        return to
    return place


def _added(phases: Phases, place: int) -> int:
    if len(phases) < MAX_PHASES:
        at = min(place + 1, len(phases))
        before = phases[at - 1]["stage"] if at else ""
        phases.insert(at, empty_phase(**({"after": before} if before else {})))
        return at
    return place


def _removed(phases: Phases, place: int) -> int:
    if len(phases) > 1 and place < len(phases):
        phases.pop(place)
    return max(0, min(place, len(phases) - 1))


# Each changes the list and says which phase the reader goes on from.
_ACTS: Mapping[str, Callable[[Phases, int], int]] = {
    "up": lambda phases, place: _moved(phases, place, -1),
    "down": lambda phases, place: _moved(phases, place, 1),
    "add": _added,
    "remove": _removed,
}
