"""Saved searches: saving one, the page of one's own, changing and taking away."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.kernel.permissions import requires
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import municipality_by_slug
from grobunn.organisations.requests import signed_in
from grobunn.search.asked import asked_of
from grobunn.search.forms import SavedSearchForm
from grobunn.search.models import SavedSearch
from grobunn.search.queries.saved import feed_url, result_url, saved_searches_of
from grobunn.search.services.saved import change_saved, forget_saved, renew_feed, save_search
from grobunn.ui import toasts


@require_GET
@requires("search.save")
def saved_searches(request: HttpRequest) -> HttpResponse:
    """A person's own saved searches."""
    rows = [{"saved": saved, "url": result_url(saved)} for saved in saved_searches_of(signed_in(request))]
    return render(request, "search/saved.html", {"rows": rows})


@require_POST
@requires("search.save")
def save(request: HttpRequest) -> HttpResponse:
    """Save the search of an address: its query and, where it looks in one, its municipality."""
    asked = asked_of(QueryDict(request.POST.get("query", "")))
    form = SavedSearchForm(request.POST)
    if not form.is_valid():
        toasts.failure(request, _("Give the search a name first."))
        return redirect(f"{reverse('search:everywhere')}?{asked.query}")
    place = _place(request.POST.get("municipality", ""))
    try:
        saved = save_search(signed_in(request), asked=asked, municipality=place, **form.cleaned_data)
    except ValidationError as refused:
        toasts.failure(request, " ".join(refused.messages))
    else:
        toasts.success(request, _("The search “%(name)s” is saved.") % {"name": saved.name})
    return redirect("search:saved")


@never_cache
@require_http_methods(["GET", "POST"])
@requires("search.save")
def change(request: HttpRequest, saved: UUID) -> HttpResponse:
    """One saved search: its name, how one hears of it, its feed."""
    found = _own(request, saved)
    form = SavedSearchForm(request.POST or None, initial={"name": found.name, "told": found.told})
    if form.is_valid():
        try:
            change_saved(found, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error("name", refused)
        else:
            toasts.success(request, _("Saved."))
            return redirect("search:saved")
    feed = request.build_absolute_uri(feed_url(found))
    context = {"form": form, "saved": found, "feed_url": feed, "url": result_url(found)}
    return render(request, "search/saved_one.html", context, status=422 if form.errors else 200)


@require_POST
@requires("search.save")
def renew(request: HttpRequest, saved: UUID) -> HttpResponse:
    """Make the address of the feed anew."""
    found = _own(request, saved)
    renew_feed(found)
    toasts.success(request, _("The feed has a new address. The old one no longer works."))
    return redirect("search:change_saved", saved=found.pk)


@require_POST
@requires("search.save")
def forget(request: HttpRequest, saved: UUID) -> HttpResponse:
    """Take a saved search away; undo saves it again, with a new address for its feed."""
    found = _own(request, saved)
    slug = found.municipality.slug if found.municipality else ""
    fields = {"query": found.query, "name": found.name, "told": found.told, "municipality": slug}
    forget_saved(found)
    message = _("The search “%(name)s” is removed.") % {"name": found.name}
    toasts.success(request, message, undo_url=reverse("search:save"), undo_fields=fields)
    return redirect("search:saved")


def _own(request: HttpRequest, saved_id: UUID) -> SavedSearch:
    """A saved search of the person who asks; another's is not found."""
    found = saved_searches_of(signed_in(request)).filter(pk=saved_id).first()
    if found is None:
        raise Http404
    return found


def _place(slug: str) -> Municipality | None:
    if not slug:
        return None
    try:
        return municipality_by_slug(slug)
    except Municipality.DoesNotExist as error:
        raise Http404 from error
