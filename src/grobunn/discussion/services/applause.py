"""The only writers of applause."""

from django.core.exceptions import PermissionDenied

from grobunn.discussion.models import Applause
from grobunn.discussion.registry import Attachable, Subject
from grobunn.kernel.actors import Actor


def applaud(subject: Subject, *, attachable: Attachable, actor: Actor) -> None:
    """Applaud an object. Pressed twice, by one person in two tabs, it is one applause.

    Raises:  PermissionDenied.
    Effects: row.
    """
    if not attachable.may_applaud(actor, subject):
        raise PermissionDenied("discussion.applaud")
    Applause.objects.bulk_create(
        [
            Applause(
                municipality_id=subject.municipality_id, kind=attachable.kind, subject_id=subject.pk, user_id=actor.pk
            )
        ],
        ignore_conflicts=True,
    )


def take_back(subject: Subject, *, attachable: Attachable, actor: Actor) -> None:
    """Take one's applause back. Effects: row."""
    Applause.objects.filter(kind=attachable.kind, subject_id=subject.pk, user_id=actor.pk).delete()
