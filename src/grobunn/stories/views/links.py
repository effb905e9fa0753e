"""What a story is about: looked for as anything is, and pointed to."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grobunn.kernel.permissions import requires
from grobunn.organisations.requests import TenantRequest
from grobunn.stories.forms.writing import LookForm
from grobunn.stories.models import Link, Story
from grobunn.stories.queries.about import links_of, offered_for, shown_of
from grobunn.stories.services import links as services
from grobunn.stories.views.fetch import story_or_404
from grobunn.stories.views.pages import address, tabs_of
from grobunn.ui import toasts


@require_http_methods(["GET", "POST"])
@requires("stories.edit")
def show_links(request: TenantRequest, municipality: str, story_id: UUID) -> HttpResponse:
    """What the story points to, and what it could."""
    story = story_or_404(request, story_id, permission="stories.edit")
    if request.method == "POST":
        return _add(request, story)
    form = LookForm(request.GET)
    form.is_valid()
    words = form.cleaned_data.get("q", "").strip()
    context = {
        "form": form,
        "story": story,
        "tabs": tabs_of(request, story),
        "links": shown_of(links_of(story), user=request.user),
        "words": words,
        "offered": offered_for(story, words, user=request.user) if words else [],
    }
    return render(request, "stories/links.html", context)


def _add(request: TenantRequest, story: Story) -> HttpResponse:
    try:
        object_id = UUID(request.POST.get("id", ""))
    except ValueError as error:
        raise Http404 from error
    try:
        services.add_link(story, kind=request.POST.get("kind", ""), object_id=object_id, actor=request.user)
    except ValidationError as error:
        toasts.failure(request, error.messages[0])
    else:
        toasts.success(request, _("The story points to it now."))
    return redirect(address("links", story))


@require_POST
@requires("stories.edit")
def remove(request: TenantRequest, municipality: str, story_id: UUID, link_id: UUID) -> HttpResponse:
    """Point to something no longer."""
    story = story_or_404(request, story_id, permission="stories.edit")
    link = Link.objects.filter(pk=link_id, story=story).first()
    if link is None:
        raise Http404
    link.story = story
    fields = {"kind": link.kind, "id": str(link.object_id)}
    services.remove_link(link, actor=request.user)
    toasts.success(
        request, _("The story does not point to it any more."), undo_url=address("links", story), undo_fields=fields
    )
    return redirect(address("links", story))
