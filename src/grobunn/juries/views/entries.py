"""An entry, for whoever may open it; and entries that are written on the panel's own page."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.discussion.panel import panel_of
from grobunn.juries.addresses import page_of, panel_page
from grobunn.juries.discussed import KIND
from grobunn.juries.forms.entries import EntryForm
from grobunn.juries.models import Entry, Panel
from grobunn.juries.occasions import occasion_of
from grobunn.juries.queries.overview import entries_seen
from grobunn.juries.queries.parties import parties_of
from grobunn.juries.services.composing import EntryGiven, hand_in, withdraw
from grobunn.juries.services.rewriting import rewrite
from grobunn.juries.tabs import ENTRY
from grobunn.juries.views.fetch import of_entry, of_panel, page
from grobunn.kernel import permissions
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import toasts


@require_GET
@of_entry("juries.open")
def show_entry(request: TenantRequest, entry: Entry) -> HttpResponse:
    """What it is, who is behind it, what other files show beside it, and what is said of it."""
    context = {
        "entry": entry,
        "parties": parties_of(entry),
        "source_page": occasion_of(entry.panel).entry_page(entry),
        "asides": ENTRY.parts_of(request, entry, request.user),
        "may_change": permissions.is_allowed("juries.handle", request.user, entry) and not entry.source_kind,
        "discussion": panel_of(KIND, entry, actor=request.user),
    }
    return page(request, entry.panel, "juries/entry.html", context)


@require_http_methods(["GET", "POST"])
@of_panel("juries.run")
def write_entry(request: TenantRequest, panel: Panel) -> HttpResponse:
    """One more entry, and those that there are."""
    form = EntryForm(request.POST if request.method == "POST" else None, panel=panel)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            hand_in(panel, [EntryGiven(given["title"], given["text"], parties=form.parties)], actor=request.user)
        except TransitionRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            toasts.success(request, _("Handed in: %(title)s.") % {"title": given["title"]})
            return redirect(page_of(panel, "write_entry"))
    context = {"form": form, "entries": _handled(request, panel)}
    return page(request, panel, "juries/write_entry.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@of_entry("juries.handle")
def change_entry(request: TenantRequest, entry: Entry) -> HttpResponse:
    """Title and who is behind it; the text, for whoever may read it."""
    may_read = permissions.is_allowed("juries.open", request.user, entry)
    sent = request.POST if request.method == "POST" else None
    form = EntryForm(sent, panel=entry.panel, entry=entry, may_read=may_read)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            rewrite(entry, title=given["title"], text=given.get("text"), parties=form.parties, actor=request.user)
        except TransitionRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            toasts.success(request, _("Saved."))
            return redirect(page_of(entry.panel, "write_entry"))
    context = {"form": form, "entry": entry}
    return page(request, entry.panel, "juries/change_entry.html", context, status=422 if form.errors else 200)


@require_POST
@of_entry("juries.handle")
def take_out(request: TenantRequest, entry: Entry) -> HttpResponse:
    """An entry is not judged any more."""
    try:
        withdraw(entry, actor=request.user)
    except TransitionRefused as refused:
        toasts.warning(request, str(refused.message))
        return redirect(panel_page(entry.panel))
    toasts.success(request, _("Taken out: %(title)s. It is not judged.") % {"title": entry.title})
    return redirect(page_of(entry.panel, "write_entry"))


def _handled(request: TenantRequest, panel: Panel) -> list[tuple[Entry, bool]]:
    """The entries, each with whether the reader may change it."""
    own: set[UUID] = {
        each.entry.pk
        for each in entries_seen(panel, request.user)
        if each.standing in (None, "undeclared", "impartial")
    }
    return [
        (each.entry, each.entry.pk in own and not each.entry.source_kind) for each in entries_seen(panel, request.user)
    ]
