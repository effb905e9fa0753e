"""Pictures and documents of a draft, and the photos that its idea came with."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grobunn.cases.forms.around import DocumentForm, PictureForm
from grobunn.cases.models import Case, Document, Picture
from grobunn.cases.queries.published import documents_of, pictures_of
from grobunn.cases.services import files
from grobunn.cases.services.steps import draft_of
from grobunn.cases.views.writing.fetch import case_to_write, writing_url
from grobunn.cases.views.writing.preview import as_readers_would_see
from grobunn.ideas.images import clean_photo
from grobunn.ideas.models import Photo
from grobunn.ideas.queries.ideas import photos_of
from grobunn.kernel import permissions
from grobunn.kernel.permissions import requires
from grobunn.organisations.requests import TenantRequest, signed_in


@require_GET
@requires("cases.edit")
def show_files(request: TenantRequest, municipality: str, slug: str) -> HttpResponse:
    """What the draft shows and offers, with a form for each."""
    return _page(request, case_to_write(request, slug))


@require_POST
@requires("cases.edit")
def add_picture(request: TenantRequest, municipality: str, slug: str) -> HttpResponse:
    """Add a picture: one that is sent, or one that the idea came with."""
    case = case_to_write(request, slug)
    form = PictureForm(request.POST, request.FILES)
    photo = _photo_of_idea(request, case)
    if photo is not None:
        del form.fields["picture"]
    if form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("alternative_text", "caption")}
        clean = form.cleaned_data["picture"] if photo is None else clean_photo(photo.file.open("rb"), size=0)
        if _done(form, lambda: files.add_picture(case, photo=clean, actor=signed_in(request), **words)):
            messages.success(request, _("The picture is added."))
            return redirect(writing_url(case, "files"))
    return _page(request, case, picture_form=form)


@require_POST
@requires("cases.edit")
def add_document(request: TenantRequest, municipality: str, slug: str) -> HttpResponse:
    """Add a document."""
    case = case_to_write(request, slug)
    form = DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["document"]
        if _done(form, lambda: files.add_document(case, document=sent, actor=signed_in(request))):
            messages.success(request, _("The document is added."))
            return redirect(writing_url(case, "files"))
    return _page(request, case, document_form=form)


@require_POST
@requires("cases.edit")
def change_file(request: TenantRequest, municipality: str, slug: str, file_id: UUID) -> HttpResponse:
    """Put a picture first, or take a file out of the draft."""
    case = case_to_write(request, slug)
    if "first" in request.POST:
        files.move_picture_first(case, file_id, actor=signed_in(request))
    elif request.POST.get("remove") == "picture":
        files.remove_picture(case, file_id, actor=signed_in(request))
    else:
        files.remove_document(case, file_id, actor=signed_in(request))
    return redirect(writing_url(case, "files"))


@require_GET
@requires("cases.edit")
def draft_picture(request: TenantRequest, municipality: str, slug: str, picture_id: UUID) -> HttpResponseBase:
    """A picture of the draft, for those who write it."""
    kept = Picture.objects.filter(case=case_to_write(request, slug), pk=picture_id).first()
    if kept is None:
        raise Http404
    response = FileResponse(kept.file.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=3600"
    return response


@require_GET
@requires("cases.edit")
def draft_document(request: TenantRequest, municipality: str, slug: str, document_id: UUID) -> HttpResponseBase:
    """A document of the draft, always as a download."""
    kept = Document.objects.filter(case=case_to_write(request, slug), pk=document_id).first()
    if kept is None:
        raise Http404
    response = FileResponse(kept.file.open("rb"), as_attachment=True, filename=kept.name, content_type=kept.media_type)
    response["Cache-Control"] = "private, no-store"
    return response


def _done(form: PictureForm | DocumentForm, act: Callable[[], object]) -> bool:
    try:
        act()
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _photo_of_idea(request: TenantRequest, case: Case) -> Photo | None:
    """The photo of the idea that was asked for, if whoever asks may see the idea."""
    if "idea_photo" not in request.POST or case.idea is None:
        return None
    permissions.check("ideas.view", request.user, case.idea)
    photo = next((each for each in photos_of(case.idea) if str(each.pk) == request.POST["idea_photo"]), None)
    if photo is None:
        raise Http404
    return photo


def _page(
    request: TenantRequest,
    case: Case,
    *,
    picture_form: PictureForm | None = None,
    document_form: DocumentForm | None = None,
) -> HttpResponse:
    told = as_readers_would_see(case, draft_of(case))
    may_see_idea = case.idea is not None and permissions.is_allowed("ideas.view", request.user, case.idea)
    context = {
        "case": case,
        "pictures": pictures_of(told),
        "documents": documents_of(told),
        "idea_photos": photos_of(case.idea) if case.idea is not None and may_see_idea else [],
        "picture_form": picture_form or PictureForm(),
        "document_form": document_form or DocumentForm(auto_id="document_%s"),
    }
    is_refused = bool(picture_form or document_form)
    return render(request, "cases/writing/files.html", context, status=422 if is_refused else 200)
