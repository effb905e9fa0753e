"""The door: the one box, what is like it, and the receipt."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from grobunn.ideas.channels import Channel
from grobunn.ideas.forms.intake import IntakeForm
from grobunn.ideas.models import Idea
from grobunn.ideas.queries.life import day_phrase, holder_phrase
from grobunn.ideas.services.kept_photos import forget_photos
from grobunn.ideas.services.submit import submit_idea
from grobunn.ideas.views.fetch import with_receipt
from grobunn.ideas.views.kept_photos import Kept, keep_chosen, keep_unchecked
from grobunn.kernel.actors import ReceiptHolder
from grobunn.kernel.limits import limited
from grobunn.kernel.permissions import open_to_all, requires
from grobunn.organisations.models import Unit
from grobunn.organisations.queries import unit_by_slug
from grobunn.organisations.requests import TenantRequest
from grobunn.search.queries import Match, similar, worth_reading
from grobunn.search.rates import WHILE_TYPING, WHILE_TYPING_FROM_AN_ADDRESS

SIMILAR_LIMIT = 4


@require_http_methods(["GET", "POST"])
@requires("ideas.submit")
def write_idea(request: TenantRequest, municipality: str, unit: str | None = None) -> HttpResponse:
    """The box itself, and what happens when it is sent."""
    place = _unit(request, unit)
    if request.method == "GET":
        return _page(request, _form(request, initial={"text": request.GET.get("tekst", "")}), place)
    if "begin" in request.POST:  # From the box on the municipality's own page: nothing is sent yet.
        begun = {"text": request.POST.get("text", "")}
        return _page(request, _form(request, initial=begun), place)
    if "look" in request.POST:  # From the button that stands there where no script looks while one writes.
        return _looked(request, place)
    form = _form(request, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, place, kept=_kept(request, form), status=422)
    if form.channel is not None or form.is_signed_out:
        return _page(request, form, place, channel=form.channel, kept=_kept(request, form))
    idea = submit_idea(request.municipality, submission=form.submission(), actor=request.user, unit=place)
    return redirect("ideas:receipt", receipt=idea.receipt)


def _looked(request: TenantRequest, place: Unit | None) -> HttpResponse:
    """The page as it was left, with what is like the text. Nothing is checked or sent yet."""
    found = {"matches": _like(request, request.POST), "has_looked": True}
    kept = keep_unchecked(request)
    return _page(request, _form(request, initial=request.POST.dict()), place, found=found, kept=kept)


def _kept(request: TenantRequest, form: IntakeForm) -> Kept:
    """The photos of a form that was not sent; none of what may be whistleblowing, where nothing is to be saved."""
    if form.is_valid() and form.channel is not None:
        forget_photos(form.kept)
        return Kept()
    return keep_chosen(request, form.kept, form.cleaned_data.get("photos", ()))


def _unit(request: TenantRequest, slug: str | None) -> Unit | None:
    if slug is None:
        return None
    try:
        return unit_by_slug(request.municipality.pk, slug)
    except Unit.DoesNotExist as error:
        raise Http404 from error


def _form(request: TenantRequest, *sent: Any, **given: Any) -> IntakeForm:
    return IntakeForm(*sent, writer=request.user, kinds=request.municipality.idea_kinds, **given)


def _page(
    request: TenantRequest,
    form: IntakeForm,
    unit: Unit | None,
    *,
    channel: Channel | None = None,
    kept: Kept | None = None,
    found: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    is_in_use = request.municipality.is_in_use
    context = {"form": form, "unit": unit, "channel": channel, "is_in_use": is_in_use, "kept": kept, **(found or {})}
    return render(request, "ideas/write.html", context, status=status)


@require_GET
@requires("ideas.submit")
@limited("ideas.similar", known=WHILE_TYPING, unknown=WHILE_TYPING_FROM_AN_ADDRESS)
def similar_ideas(request: TenantRequest, municipality: str) -> HttpResponse:
    """Ideas and solutions like the text so far, as a part of the page."""
    return render(request, "ideas/_similar.html", {"matches": _like(request, request.GET)})


def _like(request: TenantRequest, written: QueryDict) -> list[Match]:
    text = f"{written.get('title', '')} {written.get('text', '')}".strip()
    found = similar(text, user=request.user, municipality_id=request.municipality.pk, limit=SIMILAR_LIMIT)
    return worth_reading(found)


@require_GET
@open_to_all("Whoever has the receipt code may see it.")
@with_receipt
def receipt_page(request: TenantRequest, idea: Idea, holder: ReceiptHolder) -> HttpResponse:
    """The receipt: the code, who has the idea, by when they answer."""
    context = {
        "idea": idea,
        "municipality": idea.municipality,
        "holder": holder_phrase(idea.holder_role, idea.holder_unit.name if idea.holder_unit else ""),
        "due": day_phrase(idea.answer_due_on) if idea.answer_due_on else "",
    }
    return render(request, "ideas/receipt.html", context)
