"""Who takes part in a cohort: the list, what is done with several at once, and all of them as a file."""

from typing import Any

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from grobunn.ideas.views.addresses import query_without
from grobunn.kernel import audit
from grobunn.kernel.paging import BadCursor
from grobunn.kernel.sheets import CSV_TYPE, XLSX_TYPE, csv_pieces, xlsx_file
from grobunn.organisations.requests import TenantRequest
from grobunn.programmes.addresses import cohort_page
from grobunn.programmes.forms.enrolling import NarrowForm
from grobunn.programmes.models import Cohort, Enrolment
from grobunn.programmes.queries.participants import counts_of, participants, participants_page, rows_of_file
from grobunn.programmes.services.enrolling import take_in, take_out
from grobunn.programmes.states import EnrolmentState
from grobunn.programmes.views.fetch import of_cohort
from grobunn.programmes.views.pages import cohort_tab
from grobunn.ui import toasts

HEADS = (
    gettext_lazy("Name"),
    gettext_lazy("E-mail address"),
    gettext_lazy("Unit"),
    gettext_lazy("Leader level"),
    gettext_lazy("Organisation"),
    gettext_lazy("State"),
)


@require_GET
@of_cohort("programmes.facilitate")
def list_participants(request: TenantRequest, cohort: Cohort) -> HttpResponseBase:
    """By name, narrowed by the address."""
    form = NarrowForm(request.GET, municipality_id=cohort.municipality_id)
    if "format" in request.GET:
        return _file(request, cohort, form)
    try:
        page = participants_page(cohort, form.narrowed(), cursor=request.GET.get("side"))
    except BadCursor as error:
        raise Http404 from error
    counts = counts_of(cohort)
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "query": query_without(request.GET, "side"),
        "counts": [(state.label, state.value, counts[state.value]) for state in EnrolmentState if state in counts],
    }
    return cohort_tab(request, cohort, "programmes/participants.html", tab="participants", **context)


@require_POST
@of_cohort("programmes.run")
def act(request: TenantRequest, cohort: Cohort) -> HttpResponseBase:
    """Take in, or take out, everybody who is marked."""
    chosen = list(Enrolment.objects.filter(cohort=cohort, pk__in=request.POST.getlist("hvem")).order_by("name", "id"))
    if request.POST.get("gjor") == "inn":
        count = len(take_in(cohort, chosen, actor=request.user))
        words = ngettext("%(count)d has a place or stands in line.", "%(count)d have a place or stand in line.", count)
    else:
        count = len(take_out(cohort, chosen, actor=request.user))
        words = ngettext("%(count)d does not take part any more.", "%(count)d do not take part any more.", count)
    toasts.success(request, words % {"count": count})
    query = query_without(request.GET, "side")
    return redirect(f"{cohort_page(cohort, 'participants')}{'?' if query else ''}{query}")


def _file(request: TenantRequest, cohort: Cohort, form: NarrowForm) -> HttpResponseBase:
    """The whole of the narrowed list as a file."""
    rows = rows_of_file(participants(cohort, form.narrowed()))
    heads = [str(head) for head in HEADS]
    name = f"{cohort.programme.slug}-{cohort.slug}"
    audit.record("programmes.export", actor=request.user, subject=cohort, municipality_id=cohort.municipality_id)
    if request.GET["format"] == "csv":
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return StreamingHttpResponse(csv_pieces(heads, rows), content_type=CSV_TYPE, headers=headers)
    if request.GET["format"] == "xlsx":
        file = xlsx_file(heads, rows, title=_("Participants"))
        return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)
    raise Http404
