"""The set-up of kinds: which of them the box offers, and in which order."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grobunn.ideas.errors import KindsChangedMeanwhile
from grobunn.ideas.forms.kinds import KindRow, KindsForm, all_kinds, chosen_kinds, moved_kind
from grobunn.ideas.models import IdeaKind, RoutingRule
from grobunn.ideas.services.kinds import set_kinds
from grobunn.organisations.models import Municipality
from grobunn.organisations.requests import signed_in
from grobunn.organisations.views.access import of_municipality
from grobunn.organisations.views.pages import form_page
from grobunn.ui import toasts

_STEPS = {"up": -1, "down": 1}


@require_http_methods(["GET", "POST"])
@of_municipality("ideas.set_up", is_read_afresh=True)
def choose_kinds(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Which kinds somebody with an idea may choose among."""
    if request.method == "GET":
        present = municipality.idea_kinds
        form = KindsForm(initial={"kinds": chosen_kinds(present)}, order=all_kinds(present))
        return _page(request, municipality, form, seen=present)
    seen = [kind for kind in request.POST.get("seen", "").split(",") if kind]
    if "move" in request.POST:
        return _moved(request, municipality, seen=seen)
    form = KindsForm(request.POST, order=all_kinds(request.POST.getlist("order")))
    if form.is_valid():
        try:
            saved = set_kinds(municipality, kinds=form.asked_for(), seen=seen, actor=signed_in(request))
        except KindsChangedMeanwhile as refused:
            form.add_error(None, str(refused.message))
            seen = list(refused.now)
        else:
            _tell(request, saved)
            return HttpResponseRedirect(reverse("ideas:kinds", kwargs={"municipality": municipality.slug}))
    return _page(request, municipality, form, seen=seen)


def _moved(request: HttpRequest, municipality: Municipality, *, seen: Sequence[str]) -> HttpResponse:
    """The page with one kind in another place, and the ticks as they were. Nothing is saved yet."""
    order = all_kinds(request.POST.getlist("order"))
    direction, _separator, kind = request.POST["move"].partition(":")
    if kind in order and direction in _STEPS:
        order = moved_kind(order, kind, steps=_STEPS[direction])
    form = KindsForm(initial={"kinds": request.POST.getlist("kinds")}, order=order)
    if kind not in order:
        return _page(request, municipality, form, seen=seen)
    place = {"kind": IdeaKind(kind).label, "place": order.index(kind) + 1}
    told = _("“%(kind)s” is number %(place)s now. It is not saved yet.") % place
    rows = form.rows(moved=kind, steps=_STEPS.get(direction, 0))
    return _page(request, municipality, form, seen=seen, rows=rows, told=told)


def _page(
    request: HttpRequest,
    municipality: Municipality,
    form: KindsForm,
    *,
    seen: Sequence[str],
    rows: Sequence[KindRow] | None = None,
    **context: Any,
) -> HttpResponse:
    return form_page(
        request,
        municipality,
        form,
        title=_("Kinds of ideas"),
        template="ideas/kinds.html",
        seen=",".join(seen),
        rows=rows or form.rows(),
        **context,
    )


def _tell(request: HttpRequest, municipality: Municipality) -> None:
    """That it is saved, and whether rules look for what nobody is asked for any more."""
    toasts.success(request, _("Saved."))
    of_a_kind = RoutingRule.objects.filter(municipality=municipality).exclude(kind="")
    if municipality.idea_kinds and of_a_kind.exclude(kind__in=municipality.idea_kinds).exists():
        toasts.info(request, _("Some routing rules look for a kind that you no longer ask for. Routing says which."))
