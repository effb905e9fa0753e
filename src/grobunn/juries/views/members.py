"""Who is on a panel: somebody more, somebody's part, somebody no longer."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grobunn.juries.addresses import page_of
from grobunn.juries.forms.members import MemberForm, NewMemberForm
from grobunn.juries.models import Member, Panel
from grobunn.juries.queries.overview import members_seen, name_of
from grobunn.juries.services.composing import add_member, remove_member
from grobunn.juries.services.inviting import invite_member
from grobunn.juries.views.fetch import of_panel, page
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest, signed_in
from grobunn.ui import toasts


@require_http_methods(["GET", "POST"])
@of_panel("juries.run")
def show_members(request: TenantRequest, panel: Panel) -> HttpResponse:
    """Who is on the panel, and a form for one more."""
    form = NewMemberForm(request.POST if request.method == "POST" else None, panel=panel)
    if request.method == "POST" and form.is_valid() and _kept(form, lambda: _add(request, panel, form)):
        return redirect(page_of(panel, "members"))
    context = {"form": form, "members": members_seen(panel)}
    return page(request, panel, "juries/members.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@of_panel("juries.run")
def change_member(request: TenantRequest, panel: Panel, member_id: UUID) -> HttpResponse:
    """Part, title, employer and expertise of somebody on the panel."""
    member = _member_or_404(panel, member_id)
    form = MemberForm(request.POST if request.method == "POST" else None, member=member)
    if request.method == "POST" and form.is_valid() and member.user is not None:
        user = member.user
        if _kept(form, lambda: add_member(panel, user, actor=request.user, **form.facts)):
            toasts.success(request, _("Saved."))
            return redirect(page_of(panel, "members"))
    context = {"form": form, "member": member}
    return page(request, panel, "juries/member.html", context, status=422 if form.errors else 200)


@require_POST
@of_panel("juries.run")
def take_off(request: TenantRequest, panel: Panel, member_id: UUID) -> HttpResponse:
    """Somebody is not on the panel any more."""
    member = _member_or_404(panel, member_id)
    try:
        remove_member(member, actor=request.user)
    except TransitionRefused as refused:
        toasts.warning(request, str(refused.message))
    else:
        toasts.success(request, _("%(name)s is not on the panel any more.") % {"name": name_of(member)})
    return redirect(page_of(panel, "members"))


def _add(request: TenantRequest, panel: Panel, form: NewMemberForm) -> None:
    if form.user is not None:
        add_member(panel, form.user, actor=request.user, **form.facts)
        toasts.success(request, _("%(name)s is on the panel.") % {"name": form.user.name})
        return
    invite_member(panel, email=form.cleaned_data["who"], actor=signed_in(request), **form.facts)
    toasts.success(request, _("Invited. They are on the panel when they have made an account."))


def _kept(form: MemberForm, keep: Any) -> bool:
    """Do it, or say on the form why not."""
    try:
        with transaction.atomic():
            keep()
    except TransitionRefused as refused:
        form.add_error(None, str(refused.message))
    except IntegrityError:
        form.add_error("part", _("The panel has a chair already."))
    return not form.errors


def _member_or_404(panel: Panel, member_id: UUID) -> Member:
    member = Member.objects.present().select_related("user").filter(panel=panel, pk=member_id).first()
    if member is None:
        raise Http404
    member.panel = panel
    return member
