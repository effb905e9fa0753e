"""A story's pictures as HTML: in the places that the text gives them, before it, and after it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from grobunn.stories.markup import placed_numbers, rendered
from grobunn.stories.models import Picture, Story
from grobunn.stories.services.pictures import SMALL_SIDE

# Makes a path into what stands in the page: itself, or the whole address in a feed.
Addressed = Callable[[str], str]


@dataclass(frozen=True)
class Told:
    """A story's text and pictures, ready for a page. The first picture stands on top unless the text places it."""

    first: SafeString
    body: SafeString
    rest: tuple[SafeString, ...]


def told(story: Story, pictures: Sequence[Picture], *, slug: str, addressed: Addressed = str) -> Told:
    """The story as a page shows it. Takes: slug, its municipality's."""
    figures = {picture.number: figure(picture, slug=slug, addressed=addressed) for picture in pictures}
    placed = placed_numbers(story.text)
    loose = [picture.number for picture in pictures if picture.number not in placed]
    leads = bool(loose) and loose[0] == pictures[0].number
    return Told(
        first=figures[loose[0]] if leads else SafeString(),
        body=rendered(story.text, figures=figures),
        rest=tuple(figures[number] for number in (loose[1:] if leads else loose)),
    )


def figure(picture: Picture, *, slug: str, addressed: Addressed = str) -> SafeString:
    """One picture with its words."""
    where = {"municipality": slug, "picture_id": picture.pk}
    caption = (
        format_html('<figcaption class="text-subtle small">{}</figcaption>', picture.caption) if picture.caption else ""
    )
    return format_html(
        '<figure class="story__figure"><img src="{}" srcset="{} {}w, {} {}w" sizes="(min-width: 44rem) 42rem, 94vw"'
        ' width="{}" height="{}" loading="lazy" alt="{}">{}</figure>',
        addressed(reverse("stories:picture", kwargs=where)),
        addressed(reverse("stories:small_picture", kwargs=where)),
        min(SMALL_SIDE, picture.width),
        addressed(reverse("stories:picture", kwargs=where)),
        picture.width,
        picture.width,
        picture.height,
        picture.alt,
        caption,
    )
