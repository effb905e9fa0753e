"""What an editor and fellow writers say about a section of the draft, until it is settled."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from grobunn.cases.models import Case, SectionComment
from grobunn.cases.validators import validate_no_identity_numbers
from grobunn.kernel import clock, permissions
from grobunn.kernel.actors import Actor


def add_section_comment(case: Case, *, section: str, text: str, actor: Actor, key: UUID) -> SectionComment:
    """Say something about a section.

    Takes:   key of the form: sent twice, it is kept once.
    Raises:  ValidationError for no text or a national identity number; PermissionDenied.
    Effects: row.
    """
    permissions.check("cases.edit", actor, case)
    words = text.strip()
    if not words:
        raise ValidationError({"text": _("Write the comment first.")}, code="required")
    validate_no_identity_numbers({"text": words})
    comment = SectionComment(
        municipality_id=case.municipality_id, case=case, section=section, text=words, writer_id=actor.pk, key=key
    )
    try:
        with transaction.atomic():
            comment.save(force_insert=True)
    except IntegrityError:
        earlier = SectionComment.objects.filter(case=case, key=key).first()
        if earlier is None:
            raise
        return earlier
    return comment


def settle_section_comment(case: Case, comment_id: UUID, *, actor: Actor, is_settled: bool = True) -> None:
    """Put a comment aside as settled, or bring it back. Effects: row. Raises: SectionComment.DoesNotExist."""
    permissions.check("cases.edit", actor, case)
    comment = SectionComment.objects.get(case=case, pk=comment_id)
    if (comment.settled_at is not None) != is_settled:
        comment.settled_at = clock.now() if is_settled else None
        comment.save(update_fields=["settled_at"])
