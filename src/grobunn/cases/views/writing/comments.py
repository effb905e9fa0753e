"""Comments on a section of the draft: said, settled, brought back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grobunn.cases.forms.around import CommentForm
from grobunn.cases.models import SectionComment
from grobunn.cases.parts import BY_SLUG, PARTS
from grobunn.cases.services.comments import add_section_comment, settle_section_comment
from grobunn.cases.views.writing.fetch import case_to_write, writing_url
from grobunn.kernel.permissions import requires
from grobunn.organisations.requests import TenantRequest, signed_in


@require_POST
@requires("cases.edit")
def comment(request: TenantRequest, municipality: str, slug: str, part: str) -> HttpResponse:
    """Say something about a section."""
    case = case_to_write(request, slug)
    which = BY_SLUG.get(part)
    if which is None or not which.section:
        raise Http404
    form = CommentForm(request.POST)
    if form.is_valid():
        add_section_comment(case, section=which.section, actor=signed_in(request), **form.cleaned_data)
    else:
        messages.error(request, _("Write the comment first."))
    return redirect(f"{writing_url(case, 'write_part', part=part)}#kommentarer")


@require_POST
@requires("cases.edit")
def settle(request: TenantRequest, municipality: str, slug: str, comment_id: UUID) -> HttpResponse:
    """Put a comment aside as settled, or bring it back."""
    case = case_to_write(request, slug)
    try:
        settle_section_comment(case, comment_id, actor=request.user, is_settled="back" not in request.POST)
        section = SectionComment.objects.values_list("section", flat=True).get(pk=comment_id)
    except SectionComment.DoesNotExist as error:
        raise Http404 from error
    part = next(each for each in PARTS if each.section == section)
    return redirect(f"{writing_url(case, 'write_part', part=part.slug)}#kommentarer")
