"""The thread: the life of one idea, and what its reader may do."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.accounts.models import User
from grobunn.ideas.forms.intake import WordsForm
from grobunn.ideas.forms.thread import FindForm
from grobunn.ideas.models import Idea
from grobunn.ideas.notices import thread_key
from grobunn.ideas.queries.ideas import idea_by_receipt
from grobunn.ideas.queries.triage import alike, like_this
from grobunn.ideas.services.contact import forget_writer_address, note_seen_by_writer
from grobunn.ideas.services.edit import edit_idea
from grobunn.ideas.services.join import join_idea
from grobunn.ideas.views.addresses import from_queue
from grobunn.ideas.views.fetch import idea_or_404, with_receipt
from grobunn.ideas.views.pages import thread_page, thread_url
from grobunn.kernel import ids, permissions
from grobunn.kernel.actors import Actor, ReceiptHolder
from grobunn.kernel.limits import limited
from grobunn.kernel.permissions import open_to_all, requires
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.notifications.services.read import read_thread
from grobunn.organisations.requests import TenantRequest, signed_in
from grobunn.search.engine.interface import Ref
from grobunn.search.rates import WHILE_TYPING, WHILE_TYPING_FROM_AN_ADDRESS
from grobunn.search.registry import source_of
from grobunn.search.services import forget_helped, forget_not_same, remember_helped, remember_not_same
from grobunn.ui import refusals, toasts


@require_http_methods(["GET", "POST"])
@open_to_all("The code itself is the key.")
def find_thread(request: TenantRequest) -> HttpResponse:
    """Where somebody types a receipt code."""
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = ids.normalised_receipt(form.cleaned_data["receipt"])
        if code is not None and idea_by_receipt(code) is not None:
            return redirect("ideas:thread_by_receipt", receipt=code)
        form.add_error("receipt", _("We do not find that code. Look once more: it has twelve letters and digits."))
    return render(request, "ideas/find_thread.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@open_to_all("Whoever has the receipt code is the writer.")
@with_receipt
def thread_by_receipt(request: TenantRequest, idea: Idea, holder: ReceiptHolder) -> HttpResponse:
    """The thread as its writer sees it without an account; whoever wrote it with one is led to it as they know it."""
    if (
        idea.writer_id
        and request.user.pk == idea.writer_id
        and permissions.is_allowed("ideas.view", request.user, idea)
    ):
        return redirect(thread_url(idea, request.user))
    note_seen_by_writer(idea)
    return thread_page(request, idea, actor=holder)


@require_GET
@requires("ideas.view")
def show_thread(request: TenantRequest, municipality: str, reference: str) -> HttpResponse:
    """The thread for signed-in people, and for everybody where it is public."""
    idea = idea_or_404(request, reference)
    if isinstance(request.user, User):
        read_thread(request.user, thread_key=thread_key(idea))
        if request.user.pk == idea.writer_id:
            note_seen_by_writer(idea)
    return thread_page(request, idea, actor=request.user)


@require_http_methods(["GET", "POST"])
@requires("ideas.edit")
def edit(request: TenantRequest, municipality: str, reference: str) -> HttpResponse:
    """Change the words, for a signed-in writer."""
    idea = idea_or_404(request, reference)
    return _edit(request, idea, actor=request.user)


@require_http_methods(["GET", "POST"])
@open_to_all("Whoever has the receipt code is the writer.")
@with_receipt
def edit_by_receipt(request: TenantRequest, idea: Idea, holder: ReceiptHolder) -> HttpResponse:
    """Change the words, by receipt."""
    return _edit(request, idea, actor=holder)


def _edit(request: TenantRequest, idea: Idea, *, actor: Actor) -> HttpResponse:
    permissions.check("ideas.edit", actor, idea)
    words = {"text": idea.text, "title": idea.title, "kind": idea.kind, "visibility": idea.visibility}
    asked_for = idea.municipality.idea_kinds
    # What the idea is already stays a choice.
    form = WordsForm(request.POST or None, initial=words, kinds=[*asked_for, idea.kind] if asked_for else ())
    if request.method == "POST" and form.is_valid():
        try:
            edit_idea(idea, actor=actor, **form.cleaned_data)
        except TransitionRefused as refusal:
            refusals.say_in(form, refusal)
        else:
            messages.success(request, _("The idea is changed. The earlier wording is kept in the thread."))
            return redirect(thread_url(idea, actor))
    return render(request, "ideas/edit.html", {"form": form, "idea": idea, "back": thread_url(idea, actor)})


@require_POST
@requires("ideas.join")
def join(request: TenantRequest, municipality: str, reference: str) -> HttpResponse:
    """Say "me too"."""
    idea = idea_or_404(request, reference)
    if join_idea(idea, user=signed_in(request)):
        messages.success(request, _("You are with it now. You hear what happens to the idea."))
    return redirect("ideas:thread", municipality=municipality, reference=reference)


@require_GET
@requires("ideas.handle")
def show_alike(request: TenantRequest, municipality: str, reference: str) -> HttpResponse:
    """What is like an idea, for whoever answers it: a part of the thread, or a page of its own without scripts."""
    idea = idea_or_404(request, reference)
    permissions.check("ideas.handle", request.user, idea)
    context = {
        "idea": idea,
        "alike": alike(idea, user=signed_in(request)),
        "here": from_queue(request.GET),
        "back": f"{thread_url(idea, request.user)}{from_queue(request.GET)}",
    }
    is_part = request.headers.get("HX-Request") == "true"
    response = render(request, "ideas/_alike.html" if is_part else "ideas/alike.html", context)
    response["Vary"] = "HX-Request"
    return response


@require_GET
@requires("ideas.view")
@limited("ideas.similar", known=WHILE_TYPING, unknown=WHILE_TYPING_FROM_AN_ADDRESS)
def show_like_this(request: TenantRequest, municipality: str, reference: str) -> HttpResponse:
    """What is like an idea, for whoever reads it: a part of the thread, or a page of its own without scripts."""
    idea = idea_or_404(request, reference)
    context = {
        "idea": idea,
        "matches": like_this(idea, user=request.user),
        "may_tell_apart": permissions.is_allowed("ideas.tell_apart", request.user, idea),
        "may_say_helped": permissions.is_allowed("ideas.say_helped", request.user, idea),
        "back": thread_url(idea, request.user),
    }
    is_part = request.headers.get("HX-Request") == "true"
    response = render(request, "ideas/_like_this.html" if is_part else "ideas/like_this.html", context)
    response["Vary"] = "HX-Request"
    return response


@require_POST
@requires("ideas.tell_apart")
def mark_not_same(request: TenantRequest, municipality: str, reference: str) -> HttpResponse:
    """Remember that an idea is not the same as something else, or forget it again."""
    idea = idea_or_404(request, reference)
    permissions.check("ideas.tell_apart", request.user, idea)
    other = _other(request)
    back = f"{thread_url(idea, request.user)}{from_queue(request.GET)}"
    if "angre" in request.POST:
        if not forget_not_same(Ref("idea", idea.pk), other, by=request.user):
            toasts.info(request, _("A colleague has said the same. That stands."))
        return redirect(back)
    remember_not_same(Ref("idea", idea.pk), other, by=request.user)
    fields = {"kind": other.kind, "id": str(other.id), "angre": "1"}
    toasts.success(
        request, _("Remembered: these two are not the same."), undo_url=request.get_full_path(), undo_fields=fields
    )
    return redirect(back)


@require_POST
@requires("ideas.say_helped")
def mark_helped(request: TenantRequest, municipality: str, reference: str) -> HttpResponse:
    """Remember that something like an idea helped, by which what is shown first is weighed; or forget it again."""
    idea = idea_or_404(request, reference)
    permissions.check("ideas.say_helped", request.user, idea)
    one, other = Ref("idea", idea.pk), _other(request)
    if "angre" in request.POST:
        forget_helped(one, other, by=request.user)
        return redirect(thread_url(idea, request.user))
    said = remember_helped(one, other, by=request.user)
    # What a colleague said before stays theirs.
    again = request.path if said.judged_by_id == request.user.pk else ""
    fields = {"kind": other.kind, "id": str(other.id), "angre": "1"}
    toasts.success(
        request, _("Thank you. It helps us to show the right things first."), undo_url=again, undo_fields=fields
    )
    return redirect(thread_url(idea, request.user))


def _other(request: TenantRequest) -> Ref:
    """What was put beside the idea, if the reader may see it."""
    source = source_of(request.POST.get("kind", ""))
    try:
        other_id = UUID(request.POST.get("id", ""))
    except ValueError as error:
        raise Http404 from error
    if source is None or other_id not in source.visible(request.user, [other_id]):
        raise Http404
    return Ref(source.kind, other_id)


@require_POST
@open_to_all("Whoever has the receipt code is the writer.")
@with_receipt
def forget_address(request: TenantRequest, idea: Idea, holder: ReceiptHolder) -> HttpResponse:
    """Remove the writer's e-mail address at their own wish."""
    forget_writer_address(idea, actor=holder)
    messages.success(request, _("Your e-mail address is removed. Keep the code: it is now the only way here."))
    return redirect("ideas:thread_by_receipt", receipt=idea.receipt)
