"""What a story's page says to search engines and to those who share its address: schema.org and Open Graph."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from grobunn.organisations.models import Municipality
from grobunn.stories.models import Picture, Story
from grobunn.stories.queries.people import Byline

_LOCALES = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}


@dataclass(frozen=True)
class Head:
    """What stands in the head of a story's page. Takes: posting, its BlogPosting (schema.org)."""

    url: str
    image_url: str
    image_alt: str
    locale: str
    posting: dict[str, Any]


def head_of(
    story: Story, *, pictures: Sequence[Picture], authors: Sequence[Byline], absolute: Callable[[str], str]
) -> Head:
    """The head of a story that is out. Takes: absolute, makes a path the whole address."""
    here = story.municipality
    url = absolute(reverse("stories:story", kwargs={"municipality": here.slug, "story": story.slug}))
    first = pictures[0] if pictures else None
    images = [absolute(picture_address(picture, here)) for picture in pictures]
    posting: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "@id": url,
        "mainEntityOfPage": url,
        "headline": story.title,
        "description": story.lead,
        "inLanguage": story.language,
        "datePublished": story.published_at.isoformat() if story.published_at else None,
        "dateModified": story.changed_at.isoformat(),
        "keywords": story.tags,
        "image": images,
        "author": _authors(here, authors, absolute),
        "publisher": _publisher(here, absolute),
        "isPartOf": {
            "@type": "Blog",
            "@id": absolute(reverse("stories:list", kwargs={"municipality": here.slug})),
            "name": here.name,
        },
        "isBasedOn": story.source_url or None,
    }
    return Head(
        url=url,
        image_url=images[0] if images else "",
        image_alt=first.alt if first else "",
        locale=_LOCALES[story.language],
        posting={name: value for name, value in posting.items() if value},
    )


def picture_address(picture: Picture, municipality: Municipality) -> str:
    """Where a picture is, in full size."""
    return reverse("stories:picture", kwargs={"municipality": municipality.slug, "picture_id": picture.pk})


def _authors(here: Municipality, authors: Sequence[Byline], absolute: Callable[[str], str]) -> list[dict[str, Any]]:
    people = [
        {"@type": "Person", "name": author.name, **({"jobTitle": author.role} if author.role else {})}
        for author in authors
    ]
    return people or [_publisher(here, absolute)]


def _publisher(here: Municipality, absolute: Callable[[str], str]) -> dict[str, Any]:
    return {"@type": "GovernmentOrganization", "name": here.name, "url": absolute(f"/{here.slug}/")}
