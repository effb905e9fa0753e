"""How a view finds what is talked about, and 404 for whoever may not see it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404

from grobunn.discussion.models import Comment
from grobunn.discussion.registry import Attachable, attachable_of
from grobunn.organisations.requests import TenantRequest


@dataclass(frozen=True)
class Found:
    """An object that the reader may see, and what its feature said of its kind."""

    attachable: Attachable
    subject: Any

    @property
    def url(self) -> str:
        return self.attachable.url_of(self.subject)


def subject_or_404(request: TenantRequest, kind: str, subject_id: UUID) -> Found:
    """The object of an address, seen by the reader, in this municipality.

    Raises: Http404.
    """
    attachable = attachable_of(kind)
    subject = attachable.get_subject(subject_id, request.user) if attachable is not None else None
    if attachable is None or subject is None or subject.municipality_id != request.municipality.pk:
        raise Http404
    return Found(attachable=attachable, subject=subject)


def comment_or_404(found: Found, comment_id: UUID) -> Comment:
    """A comment on an object.

    Raises: Http404.
    """
    comment = Comment.objects.filter(pk=comment_id, kind=found.attachable.kind, subject_id=found.subject.pk).first()
    if comment is None:
        raise Http404
    return comment
