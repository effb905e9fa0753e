"""What cases hold about a person, for the person's own page and export."""

from typing import Any

from django.db.models import Q
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.cases.models import (
    Adoption,
    Case,
    CoAuthor,
    Draft,
    Edition,
    FollowedTopic,
    Question,
    SectionComment,
    Visit,
)


def held_about(user: User) -> dict[str, Any]:
    """Cases that somebody owns, writes, is named in, takes into use or has published, and what they said about them."""
    with scopes_disabled():
        named = Q(contact_person=user) | Q(pk__in=Draft.objects.filter(contact_person=user).values("case_id"))
        return {
            "owns": _addresses(Case.objects.filter(owner=user)),
            "writes": list(CoAuthor.objects.filter(user=user).order_by("id").values_list("case__slug", flat=True)),
            "named_in": _addresses(Case.objects.filter(named)),
            "published": [
                f"{slug} {number}"
                for slug, number in Edition.objects.filter(published_by=user)
                .order_by("id")
                .values_list("case__slug", "number")
            ],
            "commented": [
                {"case": slug, "section": section, "text": text, "at": at.isoformat()}
                for slug, section, text, at in SectionComment.objects.filter(writer=user)
                .order_by("id")
                .values_list("case__slug", "section", "text", "written_at")
            ],
            "responsible_for_adopting": list(
                Adoption.objects.filter(responsible=user).order_by("id").values_list("case__slug", flat=True)
            ),
            "asked": list(Question.objects.filter(asked_by=user).order_by("id").values("case__slug", "text", "answer")),
            "answered": list(Question.objects.filter(answered_by=user).order_by("id").values("case__slug", "answer")),
            "follows": list(FollowedTopic.objects.filter(user=user).order_by("id").values("topic", "value")),
            "visits": list(
                Visit.objects.filter(Q(asked_by=user) | Q(answered_by=user))
                .order_by("id")
                .values("case__slug", "wish", "answer")
            ),
        }


def _addresses(cases: Any) -> list[str]:
    return list(cases.order_by("id").values_list("slug", flat=True))
