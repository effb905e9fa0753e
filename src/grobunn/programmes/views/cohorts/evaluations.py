"""What was answered about gatherings, for those who lead them and those who run the programme."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.programmes.addresses import gathering_page
from grobunn.programmes.forms.evaluating import QuestionsForm
from grobunn.programmes.models import Cohort, Gathering
from grobunn.programmes.queries.evaluated import evaluated_in
from grobunn.programmes.queries.evaluations import SCALE, evaluation_of
from grobunn.programmes.services.evaluating import set_questions
from grobunn.programmes.views.fetch import of_cohort, of_gathering
from grobunn.programmes.views.pages import cohort_tab, form_page
from grobunn.ui import toasts


@require_GET
@of_cohort("programmes.facilitate")
def list_evaluations(request: TenantRequest, cohort: Cohort) -> HttpResponse:
    """The gatherings of a cohort, with what those who were there thought of each."""
    return cohort_tab(request, cohort, "programmes/evaluations.html", tab="evaluations", evaluated=evaluated_in(cohort))


@require_GET
@of_gathering("programmes.facilitate")
def show(request: TenantRequest, gathering: Gathering) -> HttpResponse:
    """What was answered about one gathering."""
    (its,) = evaluated_in(gathering.cohort, only=gathering)
    context: dict[str, Any] = {"gathering": gathering, "its": its, "scale": SCALE}
    return cohort_tab(request, gathering.cohort, "programmes/evaluation_results.html", tab="evaluations", **context)


@require_http_methods(["GET", "POST"])
@of_gathering("programmes.facilitate")
def ask(request: TenantRequest, gathering: Gathering) -> HttpResponse:
    """Two questions of the facilitators' own."""
    evaluation = evaluation_of(gathering)
    initial = {"first": evaluation.first_question, "second": evaluation.second_question}
    form = QuestionsForm(request.POST or None, initial=initial)
    back = gathering_page(gathering, "evaluation_results")
    if form.is_valid():
        try:
            set_questions(gathering, **form.cleaned_data, actor=request.user)
        except TransitionRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            toasts.success(request, _("Saved."))
            return redirect(back)
    lead = _("Beside what everybody is asked. You can change them until the evaluation opens.")
    return form_page(
        request, form, title=_("Your own questions"), submit=_("Save"), back=back, cohort=gathering.cohort, lead=lead
    )
