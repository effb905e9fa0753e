"""Pages of comments: all of them, writing, changing, removing, bringing back."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from grobunn.discussion.forms import CommentForm, EditForm, RemoveForm
from grobunn.discussion.models import Comment, ShownAs
from grobunn.discussion.pace import count_comment
from grobunn.discussion.panel import panel_of
from grobunn.discussion.services import comments
from grobunn.discussion.services.errors import Refused
from grobunn.discussion.views.fetch import Found, comment_or_404, subject_or_404
from grobunn.kernel import clock
from grobunn.kernel.permissions import open_to_all, requires
from grobunn.organisations.models import Role
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import toasts


@require_GET
@open_to_all("Whoever sees the object sees what is said about it; its feature decides who does.")
def show_all(request: TenantRequest, municipality: str, kind: str, subject_id: UUID) -> HttpResponse:
    """Every comment on an object."""
    found = subject_or_404(request, kind, subject_id)
    return _page(request, found)


@require_http_methods(["GET", "POST"])
@requires("discussion.take_part")
def add(request: TenantRequest, municipality: str, kind: str, subject_id: UUID) -> HttpResponse:
    """Write a comment. Fetched, as after a login, it leads to the page of the object."""
    found = subject_or_404(request, kind, subject_id)
    if request.method != "POST":
        return redirect(f"{found.url}#comments")
    role = comments.role_to_show(request.user, request.municipality.pk)
    form = CommentForm(request.POST, role_label=str(Role(role.role).label) if role else "")
    if not form.is_valid():
        return _page(request, found, form=form)
    try:
        count_comment(request.user)
        comment = comments.add_comment(
            found.subject,
            attachable=found.attachable,
            actor=request.user,
            text=form.cleaned_data["text"],
            shown_as=form.cleaned_data.get("shown_as") or ShownAs.NAME,
            comment_id=form.cleaned_data["comment_id"],
        )
    except Refused as refusal:
        form.add_error("text", str(refusal.message))
        return _page(request, found, form=form)
    if comment.is_waiting:
        toasts.info(request, _("Thank you. Your comment is shown when somebody in the municipality has read it."))
    return redirect(f"{found.url}#comment-{comment.pk}")


@require_http_methods(["GET", "POST"])
@requires("discussion.take_part")
def edit(request: TenantRequest, municipality: str, kind: str, subject_id: UUID, comment_id: UUID) -> HttpResponse:
    """Change one's own comment."""
    found = subject_or_404(request, kind, subject_id)
    comment = comment_or_404(found, comment_id)
    if comment.author_id != request.user.pk:
        raise PermissionDenied("discussion.edit_comment")
    if not comment.is_changeable(clock.now()):
        toasts.failure(request, _("It is too late to change the comment. Write a new one instead."))
        return redirect(f"{found.url}#comment-{comment.pk}")
    form = EditForm(request.POST or None, comment=comment)
    if request.method == "POST" and form.is_valid():
        try:
            must_wait = found.attachable.must_wait(request.user, found.subject)
            comments.edit_comment(comment, text=form.cleaned_data["text"], actor=request.user, must_wait=must_wait)
        except Refused as refusal:
            form.add_error("text", str(refusal.message))
        else:
            return redirect(f"{found.url}#comment-{comment.pk}")
    context = {"form": form, "comment": comment, "back": f"{found.url}#comment-{comment.pk}"}
    return render(request, "discussion/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires("discussion.take_part")
def remove(request: TenantRequest, municipality: str, kind: str, subject_id: UUID, comment_id: UUID) -> HttpResponse:
    """Remove a comment: one's own at once, another's with a reason."""
    found = subject_or_404(request, kind, subject_id)
    comment = comment_or_404(found, comment_id)
    is_moderator = found.attachable.may_moderate(request.user, found.subject)
    is_own = comment.author_id == request.user.pk
    if not (is_own or is_moderator):
        raise PermissionDenied("discussion.remove_comment")
    form = RemoveForm(request.POST or None)
    is_ready = request.method == "POST" and (is_own or form.is_valid())
    if not is_ready:
        context = {"form": form, "comment": comment, "back": f"{found.url}#comments"}
        return render(request, "discussion/remove.html", context, status=422 if form.errors else 200)
    try:
        reason = request.POST.get("reason", "")
        comments.remove_comment(comment, actor=request.user, is_moderator=is_moderator, reason=reason)
    except Refused as refusal:
        toasts.failure(request, str(refusal.message))
    else:
        toasts.success(request, _("The comment is removed."), undo_url=_restore_url(request, found, comment))
    return redirect(f"{found.url}#comments")


@require_http_methods(["GET", "POST"])
@requires("discussion.take_part")
def restore(request: TenantRequest, municipality: str, kind: str, subject_id: UUID, comment_id: UUID) -> HttpResponse:
    """Undo a removal of one's own doing."""
    found = subject_or_404(request, kind, subject_id)
    comment = comment_or_404(found, comment_id)
    if request.method == "POST":
        try:
            comments.restore_comment(comment, actor=request.user)
        except Refused as refusal:
            toasts.failure(request, str(refusal.message))
    return redirect(f"{found.url}#comment-{comment.pk}")


@require_http_methods(["GET", "POST"])
@requires("discussion.take_part")
def let_through(
    request: TenantRequest, municipality: str, kind: str, subject_id: UUID, comment_id: UUID
) -> HttpResponse:
    """Show a comment that waited, as one of those who moderate."""
    found = subject_or_404(request, kind, subject_id)
    comment = comment_or_404(found, comment_id)
    if not found.attachable.may_moderate(request.user, found.subject):
        raise PermissionDenied("discussion.let_through")
    if request.method == "POST":
        try:
            comments.let_through(comment, actor=request.user, seen=request.POST.get("seen", ""))
        except Refused as refusal:
            toasts.failure(request, str(refusal.message))
        else:
            toasts.success(request, _("The comment is shown to everybody now."))
    return redirect(f"{found.url}#comment-{comment.pk}")


def _page(request: TenantRequest, found: Found, *, form: CommentForm | None = None) -> HttpResponse:
    """All comments on a page of their own; a form that was refused stands there with what was typed."""
    panel = panel_of(found.attachable.kind, found.subject, actor=request.user, form=form, is_whole=True)
    context = {"panel": panel, "subject": found.subject, "back": found.url}
    return render(request, "discussion/all.html", context, status=422 if form is not None else 200)


def _restore_url(request: TenantRequest, found: Found, comment: Comment) -> str:
    return reverse(
        "discussion:restore",
        kwargs={
            "municipality": request.municipality.slug,
            "kind": found.attachable.kind,
            "subject_id": found.subject.pk,
            "comment_id": comment.pk,
        },
    )
