"""What was done instead of a gathering that was missed: handed in, and accepted."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grobunn.kernel.actors import SYSTEM, Actor
from grobunn.kernel.permissions import open_to_all
from grobunn.organisations.requests import TenantRequest
from grobunn.programmes.addresses import cohort_page
from grobunn.programmes.answering import answer_page, enrolment_of_key
from grobunn.programmes.forms.attending import MakeUpForm
from grobunn.programmes.models import Cohort, Enrolment, Gathering, MakeUp
from grobunn.programmes.queries.gatherings import gathering_named
from grobunn.programmes.queries.people import place_of
from grobunn.programmes.services.completing import accept_make_up, hand_in_make_up
from grobunn.programmes.states import HOLDS_A_PLACE
from grobunn.programmes.views.fetch import of_cohort, of_gathering
from grobunn.programmes.views.pages import form_page
from grobunn.ui import toasts


@require_http_methods(["GET", "POST"])
@of_gathering("programmes.take_part")
def hand_in(request: TenantRequest, gathering: Gathering) -> HttpResponse:
    """Tell what one did instead of a gathering that one missed."""
    place = place_of(request.user, gathering.cohort_id)
    back = cohort_page(gathering.cohort, "own_place")
    return _page(request, gathering, place, actor=request.user, back=back)


@require_http_methods(["GET", "POST"])
@open_to_all("Whoever has the link was sent it at their own address: it is the key to this one place.")
def hand_in_by_link(request: TenantRequest, municipality: str, key: str, topic: str) -> HttpResponse:
    """The same, for who has no account."""
    place = enrolment_of_key(key, municipality_id=request.municipality.pk)
    gathering = gathering_named(place.cohort, topic) if place else None
    if place is None or gathering is None:
        raise Http404
    return _page(request, gathering, place, actor=SYSTEM, back=answer_page(place))


@require_POST
@of_cohort("programmes.facilitate")
def accept(request: TenantRequest, cohort: Cohort, make_up_id: UUID) -> HttpResponse:
    """Let it count; pressed twice, it counts once."""
    made = MakeUp.objects.filter(pk=make_up_id, gathering__cohort=cohort).select_related("enrolment__cohort").first()
    if made is None:
        raise Http404
    accept_make_up(made, actor=request.user)
    toasts.success(request, _("It counts for the gathering that was missed."))
    return redirect(cohort_page(cohort, "completion"))


def _page(
    request: TenantRequest, gathering: Gathering, place: Enrolment | None, *, actor: Actor, back: str
) -> HttpResponse:
    if place is None or place.state not in HOLDS_A_PLACE:
        raise Http404
    form = MakeUpForm(request.POST or None)
    if form.is_valid():
        hand_in_make_up(place, gathering, text=form.cleaned_data["text"], actor=actor)
        toasts.success(request, _("Handed in. It counts when whoever leads the gathering has accepted it."))
        return redirect(back)
    title = _("Instead of %(gathering)s") % {"gathering": gathering.title}
    return form_page(request, form, title=title, submit=_("Hand in"), back=back, cohort=gathering.cohort)
