"""What follows when a municipality is saved, and when accounts tell that somebody joined."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from grobunn.accounts.events import InvitationAccepted, ServiceMade
from grobunn.accounts.models import User
from grobunn.kernel.events import subscribe
from grobunn.organisations import queries
from grobunn.organisations.models import Municipality
from grobunn.organisations.services.joining import give_invited_role, give_service_role


@receiver(post_save, sender=Municipality)
def forget_saved_municipality(instance: Municipality, **kwargs: Any) -> None:
    """Let this process see the change at once; others see it when their copy is half a minute old."""
    queries.forget_municipality(instance)


@subscribe(InvitationAccepted)
def give_role_of_invitation(event: InvitationAccepted) -> None:
    """Whoever joined gets the role that the invitation was to."""
    give_invited_role(
        user=User.objects.get(pk=event.user_id),
        municipality_id=event.municipality_id,
        invited_by=User.objects.filter(pk__in=[event.invited_by_id] if event.invited_by_id else []).first(),
        payload=event.payload,
    )


@subscribe(ServiceMade)
def give_role_of_service(event: ServiceMade) -> None:
    """A municipality's program belongs to the municipality from the start."""
    give_service_role(user=User.objects.get(pk=event.user_id), municipality_id=event.municipality_id)
