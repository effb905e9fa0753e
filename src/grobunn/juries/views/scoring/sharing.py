"""Sharing entries out: a proposal to look at, taken with one press, and changes by hand."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grobunn.juries.addresses import page_of
from grobunn.juries.forms.sharing import GivingForm, SharingForm
from grobunn.juries.models import Entry, Member, Panel
from grobunn.juries.queries.shares import shares_of
from grobunn.juries.services import sharing
from grobunn.juries.views.fetch import of_panel, page
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import toasts

PAGE = 25


@require_http_methods(["GET", "POST"])
@of_panel("juries.run")
def share_out(request: TenantRequest, panel: Panel) -> HttpResponse:
    """What is wished for, the proposal that follows, and who has what now."""
    sent = request.POST if request.method == "POST" else (request.GET if "reviews" in request.GET else None)
    form = SharingForm(sent)
    proposal = sharing.propose(panel, form.wish, actor=request.user) if sent is not None and form.is_valid() else None
    if request.method == "POST" and proposal is not None:
        taken = proposal
        return _done(
            request,
            panel,
            lambda: sharing.take_proposal(panel, taken, actor=request.user),
            _("The entries are shared out."),
        )
    given = request.GET.get("fra", "0")
    first = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
    shares = shares_of(panel, request.user, first=first, most=PAGE + 1) if panel.is_shared_out else []
    context = {
        "form": form,
        "proposal": proposal,
        "shares": shares[:PAGE],
        "after": first + PAGE if len(shares) > PAGE else None,
        "before": max(first - PAGE, 0) if first else None,
    }
    return page(request, panel, "juries/sharing.html", context, status=422 if form.errors else 200)


@require_POST
@of_panel("juries.run")
def give(request: TenantRequest, panel: Panel) -> HttpResponse:
    """One entry to one member."""
    return _one(request, panel, sharing.give)


@require_POST
@of_panel("juries.run")
def take_away(request: TenantRequest, panel: Panel) -> HttpResponse:
    """One entry not to one member any more."""
    return _one(request, panel, sharing.take_away)


@require_POST
@of_panel("juries.run")
def share_with_all(request: TenantRequest, panel: Panel) -> HttpResponse:
    """Everybody scores everything again."""
    return _done(
        request, panel, lambda: sharing.share_with_all(panel, actor=request.user), _("Everybody scores everything now.")
    )


def _one(request: TenantRequest, panel: Panel, change: Callable[..., None]) -> HttpResponse:
    form = GivingForm(request.POST)
    if not form.is_valid():
        return redirect(page_of(panel, "share_out"))
    entry = Entry.objects.judged().filter(panel=panel, pk=form.cleaned_data["entry"]).first()
    member = Member.objects.voting().filter(panel=panel, pk=form.cleaned_data["member"]).first()
    if entry is None or member is None:
        return redirect(page_of(panel, "share_out"))
    member.panel = panel
    return _done(request, panel, lambda: change(member, entry, actor=request.user), _("Saved."))


def _done(request: TenantRequest, panel: Panel, change: Callable[[], None], words: str) -> HttpResponse:
    try:
        change()
    except TransitionRefused as refused:
        toasts.warning(request, str(refused.message))
    else:
        toasts.success(request, words)
    return redirect(page_of(panel, "share_out"))
