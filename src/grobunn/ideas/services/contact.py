"""The writer's own wishes about being reached, and whether they have seen the thread."""

from django.db import transaction

from grobunn.ideas.models import Contact, Idea
from grobunn.ideas.queries.ideas import last_change
from grobunn.kernel import audit, clock, permissions
from grobunn.kernel.actors import Actor


def note_seen_by_writer(idea: Idea) -> None:
    """Note that the writer has seen the newest step: from then on it cannot be undone.

    Effects: row, only when there is something new; when, never who or from where.
    """
    change = last_change(idea)
    if change is None or (idea.writer_saw_at is not None and idea.writer_saw_at >= change.at):
        return
    Idea.objects.filter(pk=idea.pk).update(writer_saw_at=clock.now())


def forget_writer_address(idea: Idea, *, actor: Actor) -> None:
    """Remove the writer's e-mail address; the receipt code remains.

    Raises:  PermissionDenied.
    Effects: row, audit.
    """
    permissions.check("ideas.reply", actor, idea)
    with transaction.atomic():
        known = Idea.objects.filter(pk=idea.pk, contact=Contact.EMAIL)
        if known.update(contact=Contact.RECEIPT, writer_email=""):
            audit.record("ideas.forget_address", actor=actor, subject=idea, municipality_id=idea.municipality_id)
