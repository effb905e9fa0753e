"""The set-up of kinds: which of them the box offers."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grobunn.ideas.forms.kinds import KindsForm, chosen_kinds
from grobunn.ideas.models import RoutingRule
from grobunn.organisations.models import Municipality
from grobunn.organisations.services.municipality import change_municipality
from grobunn.organisations.views.access import of_municipality
from grobunn.organisations.views.pages import form_page
from grobunn.ui import toasts


@require_http_methods(["GET", "POST"])
@of_municipality("ideas.set_up", is_read_afresh=True)
def choose_kinds(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Which kinds somebody with an idea may choose among."""
    form = KindsForm(request.POST or None, initial={"kinds": chosen_kinds(municipality.idea_kinds)})
    if request.method == "POST" and form.is_valid():
        row = Municipality.objects.get(pk=municipality.pk)
        change_municipality(row, actor=request.user, changes={"idea_kinds": form.asked_for()})
        _tell(request, row)
        return HttpResponseRedirect(reverse("ideas:kinds", kwargs={"municipality": municipality.slug}))
    lead = _("Nobody has to choose a kind. Ideas that have come in keep theirs.")
    return form_page(request, municipality, form, title=_("Kinds of ideas"), lead=lead)


def _tell(request: HttpRequest, municipality: Municipality) -> None:
    """That it is saved, and whether rules look for what nobody is asked for any more."""
    toasts.success(request, _("Saved."))
    of_a_kind = RoutingRule.objects.filter(municipality=municipality).exclude(kind="")
    if municipality.idea_kinds and of_a_kind.exclude(kind__in=municipality.idea_kinds).exists():
        toasts.info(request, _("Some routing rules look for a kind that you no longer ask for. Routing says which."))
