"""How a view finds its story, and 404 for whoever may not see it."""

from uuid import UUID

from django.http import Http404

from grobunn.kernel import permissions
from grobunn.organisations.requests import TenantRequest
from grobunn.stories.models import Story
from grobunn.stories.queries.stories import story_by_id


def story_or_404(request: TenantRequest, story_id: UUID, *, permission: str) -> Story:
    """The story of an id that the reader may see; what they want to do with it is asked too.

    Raises: Http404; PermissionDenied.
    """
    story = story_by_id(story_id, actor=request.user)
    if story is None:
        raise Http404
    # Somebody from outside who reads what is out is not told of the pages behind it.
    if story.is_published and not permissions.is_allowed("stories.write", request.user, story):
        is_own = request.user.pk is not None and request.user.pk in story.author_ids
        if not is_own:
            raise Http404
    permissions.check(permission, request.user, story)
    return story
