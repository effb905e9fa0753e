"""Who wrote a story, and each author's own word on being shown."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grobunn.accounts.models import User
from grobunn.kernel import permissions
from grobunn.kernel.permissions import requires
from grobunn.organisations.queries import member_by_email
from grobunn.organisations.requests import TenantRequest, signed_in
from grobunn.stories.forms.writing import AuthorForm
from grobunn.stories.models import Story
from grobunn.stories.queries.people import authors_of, role_words
from grobunn.stories.services import authors as services
from grobunn.stories.views.fetch import story_or_404
from grobunn.stories.views.pages import address, page_of, tabs_of
from grobunn.ui import toasts


@require_http_methods(["GET", "POST"])
@requires("stories.view")
def show_authors(request: TenantRequest, municipality: str, story_id: UUID) -> HttpResponse:
    """The authors, for those who are among them and those who may change the story."""
    story = _story(request, story_id)
    form = AuthorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = member_by_email(story.municipality_id, form.cleaned_data["email"])
        try:
            if user is None:
                raise ValidationError(_("Nobody with a role in the municipality has that address."))
            services.name_author(story, user=user, actor=request.user)
        except ValidationError as error:
            form.add_error("email", error)
        else:
            toasts.success(request, _("%(name)s is named, and is asked.") % {"name": user.name})
            return redirect(address("authors", story))
    return _page(request, story, form)


def _page(request: TenantRequest, story: Story, form: AuthorForm) -> HttpResponse:
    rows = [
        {"author": author, "role": role_words(author), "is_me": author.user_id == request.user.pk}
        for author in authors_of(story)
    ]
    context = {
        "form": form if permissions.is_allowed("stories.edit", request.user, story) else None,
        "story": story,
        "tabs": tabs_of(request, story),
        "rows": rows,
        "mine": next((row for row in rows if row["is_me"]), None),
        "back": page_of(story),
    }
    return render(request, "stories/authors.html", context, status=422 if form.errors else 200)


@require_POST
@requires("stories.consent")
def show_me(request: TenantRequest, municipality: str, story_id: UUID) -> HttpResponse:
    """Be shown as an author, or no longer."""
    story = story_or_404(request, story_id, permission="stories.consent")
    if request.POST.get("on") == "1":
        services.consent(story, actor=signed_in(request))
        toasts.success(request, _("You are shown as the author, with name and role."))
    else:
        services.take_back_consent(story, actor=signed_in(request))
        toasts.success(request, _("You are not shown any more."))
    return redirect(address("authors", story))


@require_POST
@requires("stories.view")
def remove(request: TenantRequest, municipality: str, story_id: UUID, user_id: UUID) -> HttpResponse:
    """Take somebody off the authors."""
    story = _story(request, story_id)
    user = User.objects.filter(pk=user_id).first()
    if user is None or user.pk not in story.author_ids:
        raise Http404
    try:
        services.remove_author(story, user=user, actor=request.user)
    except ValidationError as error:
        toasts.failure(request, error.messages[0])
    else:
        toasts.success(request, _("%(name)s is no longer an author.") % {"name": user.name})
    if permissions.is_allowed("stories.edit", request.user, story):
        return redirect(address("authors", story))
    return redirect("stories:list", municipality=municipality)


def _story(request: TenantRequest, story_id: UUID) -> Story:
    """The story, for its authors and for those who may change it."""
    story = story_or_404(request, story_id, permission="stories.view")
    if not permissions.is_allowed("stories.consent", request.user, story):
        permissions.check("stories.edit", request.user, story)
    return story
