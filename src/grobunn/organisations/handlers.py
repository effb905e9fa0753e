"""What follows when a row of organisations is saved."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from grobunn.organisations import queries
from grobunn.organisations.models import Municipality


@receiver(post_save, sender=Municipality)
def forget_saved_municipality(instance: Municipality, **kwargs: Any) -> None:
    """Let this process see the change at once; others see it when their copy is half a minute old."""
    queries.forget_municipality(instance)
