"""Was this useful? Two buttons, and for a no the question what was missing."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grobunn.cases.forms.verdicts import VerdictForm, WhyForm
from grobunn.cases.models import Case
from grobunn.cases.services.verdicts import give_verdict, say_why
from grobunn.cases.views.reading.fetch import of_case
from grobunn.kernel.limits import Rate, limited
from grobunn.kernel.permissions import open_to_all
from grobunn.ui import toasts

# Behind one network address may sit a municipality.
_KNOWN, _UNKNOWN = Rate(count=20, seconds=60), Rate(count=120, seconds=60)
_WHY_OPEN = "Every reader may say whether it was useful; nothing of them is kept."


@require_POST
@open_to_all(_WHY_OPEN)
@limited("cases.give_verdict", known=_KNOWN, unknown=_UNKNOWN)
@of_case
def give(request: HttpRequest, case: Case) -> HttpResponse:
    """Keep the answer; after a no, ask what was missing."""
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return redirect("cases:case", slug=case.slug)
    is_useful = form.cleaned_data["svar"] == "ja"
    give_verdict(case, is_useful=is_useful, key=form.cleaned_data["nokkel"])
    if not is_useful:
        why = reverse("cases:why", kwargs={"slug": case.slug})
        return redirect(f"{why}?{urlencode({'nokkel': form.cleaned_data['nokkel']})}")
    toasts.success(request, _("Thank you. It helps the municipality to know."))
    return redirect("cases:case", slug=case.slug)


@require_http_methods(["GET", "POST"])
@open_to_all(_WHY_OPEN)
@limited("cases.give_verdict", known=_KNOWN, unknown=_UNKNOWN)
@of_case
def why(request: HttpRequest, case: Case) -> HttpResponse:
    """What was missing."""
    form = WhyForm(request.POST or None, initial={"nokkel": request.GET.get("nokkel", "")})
    if request.method == "POST" and form.is_valid():
        say_why(case, key=form.cleaned_data["nokkel"], why=form.cleaned_data["why"])
        toasts.success(request, _("Thank you. It helps the municipality to make it better."))
        return redirect("cases:case", slug=case.slug)
    return render(request, "cases/why.html", {"case": case, "form": form}, status=422 if form.errors else 200)
