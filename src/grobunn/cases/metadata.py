"""What a case's page says to search engines and to those who share its address: schema.org and Open Graph."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from grobunn.cases.addresses import case_address, whole
from grobunn.cases.codes import kostra_name, los_name
from grobunn.cases.models import Case, Picture

_LOCALES = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}


def head_of(case: Case, *, pictures: Sequence[Picture]) -> dict[str, Any]:
    """The head of a case's page. Takes: pictures, which it shows."""
    url = case_address(case)
    image = whole(reverse("cases:share_picture", kwargs={"slug": case.slug}))
    images = [
        whole(reverse("cases:picture", kwargs={"slug": case.slug, "picture_id": picture.pk})) for picture in pictures
    ]
    article = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": url,
        "mainEntityOfPage": url,
        "headline": case.title,
        "abstract": case.lead,
        "inLanguage": case.language,
        "datePublished": case.published_at.isoformat() if case.published_at else "",
        "dateModified": case.edited_at.isoformat() if case.edited_at else "",
        "image": [image, *images],
        "keywords": [*map(kostra_name, case.kostra), *map(los_name, case.los)],
        "author": {"@type": "GovernmentOrganization", "name": case.origin.name},
        "publisher": {
            "@type": "GovernmentOrganization",
            "name": case.municipality.name,
            "url": whole(f"/{case.municipality.slug}/"),
        },
        "isBasedOn": case.source_url,
        "isPartOf": whole(reverse("cases:library")),
    }
    return {
        "url": url,
        "image": image,
        "locale": _LOCALES.get(case.language, "nb_NO"),
        "article": {name: value for name, value in article.items() if value},
    }
