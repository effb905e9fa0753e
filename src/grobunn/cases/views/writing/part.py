"""Writing one part of a draft: saved by the button, and while one writes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grobunn.cases.forms.around import CommentForm
from grobunn.cases.forms.writing import PartForm, form_of
from grobunn.cases.lix import readability_of
from grobunn.cases.models import Case, Draft
from grobunn.cases.parts import BY_SLUG, PARTS, Part
from grobunn.cases.queries.writing import comments_on
from grobunn.cases.services.drafts import WrittenMeanwhile, save_draft
from grobunn.cases.services.steps import draft_of
from grobunn.cases.views.writing.fetch import case_to_write, writing_url
from grobunn.kernel.permissions import requires
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest, signed_in
from grobunn.ui import refusals


@require_http_methods(["GET", "POST"])
@requires("cases.edit")
def write_part(request: TenantRequest, municipality: str, slug: str, part: str) -> HttpResponse:
    """A part of the draft with help beside it; `Accept: application/json` is the page saving by itself."""
    case = case_to_write(request, slug)
    which = BY_SLUG.get(part)
    if which is None:
        raise Http404
    draft = draft_of(case)
    is_quiet = request.headers.get("Accept") == "application/json"
    form = form_of(which)(_typed(request, which, is_quiet=is_quiet), draft=draft, part=which)
    if is_quiet:
        return _save_quietly(request, case, form)
    theirs: WrittenMeanwhile | None = None
    if request.method == "POST" and form.is_valid():
        theirs = _saved_or_refused(request, case, form)
        if theirs is None and not form.errors:
            messages.success(request, _("Saved. Readers see it when it is published."))
            return redirect(_afterwards(request, case, which))
    context = _page(case, draft, which, form) | {"theirs": theirs}
    return render(request, "cases/writing/part.html", context, status=422 if form.errors or theirs else 200)


def _typed(request: TenantRequest, part: Part, *, is_quiet: bool) -> QueryDict | None:
    """What was sent; while the page saves by itself, without what waits for a button."""
    if not (is_quiet and request.POST):
        return request.POST or None
    typed = request.POST.copy()
    for name in form_of(part).waits_for_button:
        typed.pop(name, None)
    return typed


def _saved_or_refused(request: TenantRequest, case: Case, form: PartForm) -> WrittenMeanwhile | None:
    """Save; what cannot be saved comes back as an error of the form, or as what somebody else has written."""
    try:
        save_draft(case, actor=signed_in(request), revision=form.cleaned_data["revision"], changes=form.changes())
    except WrittenMeanwhile as refusal:
        # Both are on the page now: saved again, the writer has seen what they replace.
        typed = request.POST.copy()
        typed["revision"] = str(refusal.draft.revision)
        form.data = typed
        return refusal
    except ValidationError as error:
        form.add_error(None, error)
    except TransitionRefused as refusal:
        refusals.say_in(form, refusal)
    return None


def _save_quietly(request: TenantRequest, case: Case, form: PartForm) -> JsonResponse:
    """What the page's script asks for while one writes."""
    if request.method != "POST" or not form.is_valid():
        return _refused(_("Not saved yet: something on the page needs your eye. Press Save to see what."))
    try:
        draft = save_draft(
            case, actor=signed_in(request), revision=form.cleaned_data["revision"], changes=form.changes()
        )
    except WrittenMeanwhile:
        return _refused(_("Somebody else has saved here meanwhile. Press Save to see both texts."), status=409)
    except (ValidationError, TransitionRefused) as refusal:
        return _refused(" ".join(getattr(refusal, "messages", None) or [str(refusal)]))
    return JsonResponse({"revision": draft.revision, "status": _("Saved"), **_figures(draft, form.part)})


def _refused(status_words: str, *, status: int = 422) -> JsonResponse:
    return JsonResponse({"status": status_words}, status=status)


def _figures(draft: Draft, part: Part) -> dict[str, str]:
    """How the part reads now, in the words of the page."""
    reads = readability_of(getattr(draft, part.section) if part.section else draft.lead)
    return {"words": str(reads.words), "lix": str(reads.lix or ""), "label": reads.label}


def _page(case: Case, draft: Draft, part: Part, form: PartForm) -> dict[str, Any]:
    place = PARTS.index(part)
    return {
        "case": case,
        "draft": draft,
        "part": part,
        "form": form,
        "number": place + 1,
        "count": len(PARTS),
        "reads": readability_of(getattr(draft, part.section) if part.section else draft.lead),
        "is_text": bool(part.section) or part.slug == "om",
        "before": PARTS[place - 1] if place else None,
        "after": PARTS[place + 1] if place + 1 < len(PARTS) else None,
        "comments": comments_on(case, part.section) if part.section else [],
        "comment_form": CommentForm(),
        "key": f"case:{case.pk}:{part.slug}",
    }


def _afterwards(request: TenantRequest, case: Case, part: Part) -> str:
    """On to the next part where that was pressed, or back to a field of this one; else back to the desk."""
    place = PARTS.index(part)
    if request.POST.get("stay") in {f"id_{name}" for name in part.fields}:
        return f"{writing_url(case, 'write_part', part=part.slug)}#{request.POST['stay']}"
    if "next" in request.POST and place + 1 < len(PARTS):
        return writing_url(case, "write_part", part=PARTS[place + 1].slug)
    return writing_url(case)
