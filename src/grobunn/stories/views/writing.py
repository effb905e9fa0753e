"""Where stories are begun, changed, looked at and thrown away."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from grobunn.discussion.queries import waiting_comments
from grobunn.kernel import permissions
from grobunn.kernel.permissions import requires
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.models import Municipality
from grobunn.organisations.requests import TenantRequest, signed_in
from grobunn.organisations.views.access import of_municipality
from grobunn.stories.figures import figure
from grobunn.stories.forms.writing import BeginForm, StoryForm
from grobunn.stories.markup import rendered
from grobunn.stories.models import Story
from grobunn.stories.queries.stories import desk_of, life_of, pictures_of, stories_of_comments
from grobunn.stories.services import authors
from grobunn.stories.services import write as services
from grobunn.stories.views.fetch import story_or_404
from grobunn.stories.views.pages import address, page_of, story_page, tabs_of
from grobunn.ui import refusals, toasts


@require_GET
@of_municipality("stories.write")
def show_desk(request: TenantRequest, municipality: Municipality) -> HttpResponse:
    """What somebody is writing; for an editor, everything, and the comments that wait."""
    is_editor = permissions.is_allowed("stories.moderate", request.user, municipality)
    waiting = list(waiting_comments("story")) if is_editor else []
    context = {
        "stories": desk_of(request.user, municipality_id=municipality.pk, is_editor=is_editor),
        "is_editor": is_editor,
        "waiting": stories_of_comments(waiting),
    }
    return render(request, "stories/desk.html", context)


@require_http_methods(["GET", "POST"])
@of_municipality("stories.write")
def begin(request: TenantRequest, municipality: Municipality) -> HttpResponse:
    """A new story."""
    actor = signed_in(request)
    form = BeginForm(request.POST or None, initial={"language": municipality.language})
    if request.method == "POST" and "preview" in request.POST:
        return _begin_page(request, BeginForm(initial=request.POST.dict()), preview=rendered(request.POST["text"]))
    if request.method == "POST" and form.is_valid():
        try:
            story = services.begin_story(municipality, words=form.words(), actor=actor, key=form.cleaned_data["key"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if form.cleaned_data["is_shown"]:
                authors.consent(story, actor=actor)
            toasts.success(request, _("The draft is saved. Add pictures, or look at the whole."))
            return redirect(address("write", story))
    return _begin_page(request, form)


def _begin_page(request: TenantRequest, form: BeginForm, *, preview: SafeString | None = None) -> HttpResponse:
    context = {"form": form, "preview": preview, "draft": f"story:new:{request.municipality.slug}"}
    return render(request, "stories/begin.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires("stories.edit")
def write(request: TenantRequest, municipality: str, story_id: UUID) -> HttpResponse:
    """Change the words of a story."""
    story = story_or_404(request, story_id, permission="stories.edit")
    if request.method != "POST":
        return _write_page(request, story, StoryForm.filled_from(story))
    if "preview" in request.POST:
        figures = {each.number: figure(each, slug=municipality) for each in pictures_of(story)}
        preview = rendered(request.POST.get("text", ""), figures=figures)
        return _write_page(request, story, StoryForm(initial=request.POST.dict()), preview=preview)
    form = StoryForm.filled_from(story, request.POST)
    if form.is_valid():
        try:
            services.edit_story(story, words=form.words(), actor=request.user, version=form.cleaned_data["version"])
        except ValidationError as error:
            form.add_error(None, error)
        except TransitionRefused as refusal:
            refusals.say_in(form, refusal)
            # Sent once more, it is what the writer wants, whatever somebody else wrote meanwhile.
            form.data = {**form.data.dict(), "version": story.version}  # type: ignore[attr-defined]
        else:
            toasts.success(request, _("Saved."))
            return redirect(page_of(story) if "done" in request.POST else address("write", story))
    return _write_page(request, story, form)


def _write_page(
    request: TenantRequest, story: Story, form: StoryForm, *, preview: SafeString | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "story": story,
        "preview": preview,
        "tabs": tabs_of(request, story),
        "pictures": pictures_of(story),
        "draft": f"story:{story.pk}:{story.version}",
        "earlier_draft": f"story:{story.pk}:{story.version - 1}",
    }
    return render(request, "stories/write.html", context, status=422 if form.errors else 200)


@require_GET
@requires("stories.view")
def look(request: TenantRequest, municipality: str, story_id: UUID) -> HttpResponse:
    """The whole story as it will be, what has happened to it, and what can be done with it."""
    story = story_or_404(request, story_id, permission="stories.view")
    if story.is_published:
        return redirect(page_of(story))
    return story_page(request, story, tabs=tabs_of(request, story), life=life_of(story))


@require_http_methods(["GET", "POST"])
@requires("stories.throw_away")
def throw_away(request: TenantRequest, municipality: str, story_id: UUID) -> HttpResponse:
    """Throw a draft away, after a page that says that it is final."""
    story = story_or_404(request, story_id, permission="stories.throw_away")
    if request.method == "POST":
        try:
            services.throw_away(story, actor=request.user)
        except TransitionRefused as refusal:
            toasts.failure(request, str(refusal.message))
            return redirect(address("look", story))
        toasts.success(request, _("The draft is gone."))
        return redirect("stories:desk", municipality=municipality)
    return render(request, "stories/throw_away.html", {"story": story, "back": address("look", story)})
