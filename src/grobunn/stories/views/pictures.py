"""The pictures of a story: added with their words, described anew, taken away."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grobunn.kernel.permissions import requires
from grobunn.organisations.requests import TenantRequest
from grobunn.stories.forms.writing import PictureForm, PictureWordsForm
from grobunn.stories.models import Picture, Story
from grobunn.stories.queries.stories import pictures_of
from grobunn.stories.services import pictures as services
from grobunn.stories.views.fetch import story_or_404
from grobunn.stories.views.pages import address, tabs_of
from grobunn.ui import toasts


@require_http_methods(["GET", "POST"])
@requires("stories.edit")
def show_pictures(request: TenantRequest, municipality: str, story_id: UUID) -> HttpResponse:
    """The pictures of a story, and one more."""
    story = story_or_404(request, story_id, permission="stories.edit")
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            services.add_picture(
                story, photo=sent["picture"], alt=sent["alt"], caption=sent["caption"], actor=request.user
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            toasts.success(request, _("The picture is added."))
            return redirect(address("pictures", story))
    context = {
        "form": form,
        "story": story,
        "tabs": tabs_of(request, story),
        "pictures": pictures_of(story),
    }
    return render(request, "stories/pictures.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires("stories.edit")
def describe(request: TenantRequest, municipality: str, story_id: UUID, picture_id: UUID) -> HttpResponse:
    """Change the words of a picture."""
    story = story_or_404(request, story_id, permission="stories.edit")
    picture = _picture(story, picture_id)
    form = PictureWordsForm(request.POST or None, initial={"alt": picture.alt, "caption": picture.caption})
    if request.method == "POST" and form.is_valid():
        try:
            services.describe_picture(picture, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            toasts.success(request, _("Saved."))
            return redirect(address("pictures", story))
    context = {"form": form, "story": story, "picture": picture, "back": address("pictures", story)}
    return render(request, "stories/picture.html", context, status=422 if form.errors else 200)


@require_POST
@requires("stories.edit")
def remove(request: TenantRequest, municipality: str, story_id: UUID, picture_id: UUID) -> HttpResponse:
    """Take a picture away."""
    story = story_or_404(request, story_id, permission="stories.edit")
    services.remove_picture(_picture(story, picture_id), actor=request.user)
    toasts.success(request, _("The picture is gone."))
    return redirect(address("pictures", story))


def _picture(story: Story, picture_id: UUID) -> Picture:
    picture = Picture.objects.filter(pk=picture_id, story=story).first()
    if picture is None:
        raise Http404
    picture.story = story
    return picture
