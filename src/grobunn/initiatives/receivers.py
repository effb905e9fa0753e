"""What must happen before an account is gone: nobody leaves an initiative behind without an owner."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from grobunn.accounts.models import User
from grobunn.initiatives.services.owners import hand_over


@receiver(pre_delete, sender=User)
def hand_over_before_deletion(instance: User, **kwargs: Any) -> None:
    """Give what somebody owns to the next one, in the transaction that removes the account.

    However the account is removed, this comes first: the database would refuse to empty the owner afterwards.
    """
    # Whoever gives them something at this moment waits, and then finds them gone.
    User.objects.select_for_update().filter(pk=instance.pk).first()
    hand_over(instance.pk, why="deleted", without=[instance.pk])
