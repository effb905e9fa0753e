"""The set-up of ready reasons: what comes with Grobunn, changed, removed and added to, in each language."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.ideas.errors import ReasonRefused
from grobunn.ideas.examples import example_message
from grobunn.ideas.forms.reasons import ReasonForm
from grobunn.ideas.queries.reasons import EDGES, Reason, reason_of, reasons_of
from grobunn.ideas.services import reasons as services
from grobunn.ideas.states import MACHINE
from grobunn.organisations.models import Municipality
from grobunn.organisations.views.access import of_municipality
from grobunn.organisations.views.pages import form_page, page
from grobunn.ui import toasts
from grobunn.ui.languages import OWN_NAMES

reasons_page = of_municipality("ideas.set_up")


@require_GET
@reasons_page
def show_reasons(request: HttpRequest, municipality: Municipality, language: str = "") -> HttpResponse:
    """The reasons of one language, by the answer that they go with."""
    shown = _known_language(language or municipality.language)
    found = reasons_of(municipality.pk, shown)
    groups = [
        (MACHINE.by_name[edge].label, [each for each in found if each.edge == edge and not each.is_removed])
        for edge in EDGES
    ]
    return page(
        request,
        municipality,
        "ideas/reasons.html",
        title=_("Ready answers"),
        language=shown,
        languages=_languages(municipality, shown),
        groups=groups,
        removed=[each for each in found if each.is_removed],
    )


@require_http_methods(["GET", "POST"])
@reasons_page
def add_reason(request: HttpRequest, municipality: Municipality, language: str) -> HttpResponse:
    """A new reason of the municipality's own."""
    form = ReasonForm(request.POST or None)
    if _is_to_be_saved(request, form):
        try:
            services.add_reason(municipality, actor=request.user, language=_known_language(language), **_words(form))
        except ReasonRefused as refused:
            form.add_error(refused.field, str(refused.message))
        else:
            return _saved(request, municipality, language)
    return _reason_page(request, municipality, form, language=_known_language(language), title=_("New text"))


@require_http_methods(["GET", "POST"])
@reasons_page
def change_reason(request: HttpRequest, municipality: Municipality, language: str, code: str) -> HttpResponse:
    """A reason with other words, and how it reads with an example."""
    reason = _reason_or_404(municipality, language, code)
    initial = {"name": reason.name, "text": reason.text, "seen": reason.mark}
    sent = request.POST.copy()
    form = ReasonForm(sent or None, edge=reason.edge, initial=initial)
    if _is_to_be_saved(request, form):
        words = {name: value for name, value in _words(form).items() if name != "edge"}
        try:
            services.change_reason(
                municipality, actor=request.user, reason=reason, seen=form.cleaned_data["seen"], **words
            )
        except ReasonRefused as refused:
            form.add_error(refused.field, str(refused.message))
            sent["seen"] = reason.mark  # Whoever saves again has read the other's words.
        else:
            return _saved(request, municipality, language)
    return _reason_page(request, municipality, form, language=language, title=reason.name, reason=reason)


@require_POST
@reasons_page
def remove_reason(request: HttpRequest, municipality: Municipality, language: str, code: str) -> HttpResponse:
    """Offer it no more."""
    reason = _reason_or_404(municipality, language, code)
    services.remove_reason(municipality, actor=request.user, reason=reason)
    told = _("“%(name)s” is no longer offered.") % {"name": reason.name}
    again = _address("reason_offer", municipality, language=language, code=code)
    toasts.success(request, told, undo_url=again)
    return _list_of(municipality, language)


@require_POST
@reasons_page
def offer_again(request: HttpRequest, municipality: Municipality, language: str, code: str) -> HttpResponse:
    """Offer what was removed."""
    reason = _reason_or_404(municipality, language, code)
    try:
        services.offer_again(municipality, actor=request.user, reason=reason)
    except ReasonRefused as refused:
        toasts.failure(request, refused.message)
    else:
        toasts.success(request, _("“%(name)s” is offered again.") % {"name": reason.name})
    return _list_of(municipality, language)


@require_POST
@reasons_page
def put_back_reason(request: HttpRequest, municipality: Municipality, language: str, code: str) -> HttpResponse:
    """Let it be as it came."""
    reason = _reason_or_404(municipality, language, code)
    services.put_back_reason(municipality, actor=request.user, reason=reason)
    toasts.success(request, _("The text is as it came."))
    return _list_of(municipality, language)


def _is_to_be_saved(request: HttpRequest, form: ReasonForm) -> bool:
    return request.method == "POST" and "preview" not in request.POST and form.is_valid()


def _words(form: ReasonForm) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in ("edge", "name", "text")}


def _saved(request: HttpRequest, municipality: Municipality, language: str) -> HttpResponse:
    toasts.success(request, _("Saved."))
    return _list_of(municipality, language)


def _list_of(municipality: Municipality, language: str) -> HttpResponse:
    return HttpResponseRedirect(_address("reasons_in", municipality, language=language))


def _reason_page(
    request: HttpRequest, municipality: Municipality, form: ReasonForm, *, language: str, title: str, **context: Any
) -> HttpResponse:
    back = _address("reasons_in", municipality, language=language)
    edge = form["edge"].value() or EDGES[0]
    return form_page(
        request,
        municipality,
        form,
        title=title,
        above=[(_("Ready answers"), back)],
        template="ideas/reason.html",
        back=back,
        language_name=OWN_NAMES[language],
        language=language,
        edge=MACHINE.by_name[edge].label if edge in EDGES else "",
        message=example_message(municipality, edge=edge, text=form["text"].value() or "", language=language),
        **context,
    )


def _languages(municipality: Municipality, shown: str) -> list[tuple[str, str, bool]]:
    """Each language's name, page, and whether it is the one that is shown; the municipality's own first."""
    ordered = sorted(OWN_NAMES, key=lambda each: each != municipality.language)
    return [(OWN_NAMES[each], _address("reasons_in", municipality, language=each), each == shown) for each in ordered]


def _known_language(language: str) -> str:
    if language not in OWN_NAMES:
        raise Http404
    return language


def _reason_or_404(municipality: Municipality, language: str, code: str) -> Reason:
    reason = reason_of(municipality.pk, _known_language(language), code)
    if reason is None:
        raise Http404
    return reason


def _address(name: str, municipality: Municipality, **kwargs: str) -> str:
    return reverse(f"ideas:{name}", kwargs={"municipality": municipality.slug, **kwargs})
