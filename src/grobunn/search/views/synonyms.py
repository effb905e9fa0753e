"""The set-up page of words that mean the same."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grobunn.organisations.models import Municipality
from grobunn.organisations.views.access import of_municipality
from grobunn.organisations.views.pages import form_page
from grobunn.search.forms import SynonymsForm
from grobunn.search.queries import synonym_groups
from grobunn.search.services.synonyms import remove_synonyms, set_synonyms
from grobunn.ui import toasts

set_up_page = of_municipality("search.set_synonyms")


@set_up_page
def synonyms(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Every group, and the box for a new one."""
    form = SynonymsForm(request.POST or None)
    if form.is_valid() and _is_written(form, request, municipality):
        toasts.success(request, _("Saved. Whoever searches for one of the words now finds the others too."))
        return HttpResponseRedirect(_address(municipality))
    groups = synonym_groups(municipality.pk)
    return form_page(
        request,
        municipality,
        form,
        template="search/synonyms.html",
        title=_("Words that mean the same"),
        groups=groups,
    )


@set_up_page
@transaction.atomic
def change_synonyms(request: HttpRequest, municipality: Municipality, group: UUID) -> HttpResponse:
    """One group, to be changed; one at a time, so that a colleague's words are not lost."""
    if request.method == "POST":
        Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
    found = next((each for each in synonym_groups(municipality.pk) if each.id == group), None)
    if found is None:
        raise Http404
    form = SynonymsForm(request.POST or None, initial={"words": ", ".join(found.words)})
    if form.is_valid() and _is_written(form, request, municipality, group_id=group):
        toasts.success(request, _("Saved."))
        return HttpResponseRedirect(_address(municipality))
    above = [(_("Words that mean the same"), _address(municipality))]
    return form_page(request, municipality, form, title=", ".join(found.words), above=above)


@require_POST
@set_up_page
def forget_synonyms(request: HttpRequest, municipality: Municipality, group: UUID) -> HttpResponse:
    """Take a group away; undo writes it down again."""
    words = remove_synonyms(municipality, group_id=group, actor=request.user)
    if words:
        message = _("Removed: %(words)s.") % {"words": ", ".join(words)}
        toasts.success(request, message, undo_url=_address(municipality), undo_fields={"words": ", ".join(words)})
    return HttpResponseRedirect(_address(municipality))


def _is_written(
    form: SynonymsForm, request: HttpRequest, municipality: Municipality, group_id: UUID | None = None
) -> bool:
    """Whether the words were taken; why not is written beside them."""
    try:
        set_synonyms(municipality, words=form.cleaned_data["words"], actor=request.user, group_id=group_id)
    except ValidationError as refused:
        form.add_error("words", refused)
    return not form.errors


def _address(municipality: Municipality) -> str:
    return reverse("search:synonyms", kwargs={"municipality": municipality.slug})
