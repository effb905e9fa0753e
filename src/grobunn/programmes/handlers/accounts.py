"""Accounts that appear and that are gone: whose place is whose."""

from typing import Any

from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from django_scopes import scopes_disabled

from grobunn.accounts.events import InvitationAccepted
from grobunn.accounts.models import User
from grobunn.kernel.actors import SYSTEM
from grobunn.kernel.events import subscribe
from grobunn.programmes.models import Enrolment
from grobunn.programmes.services.enrolling import link_account
from grobunn.programmes.services.retention import forget_person


@receiver(post_save, sender=User)
def link_new_account(instance: User, created: bool, **kwargs: Any) -> None:
    """Somebody who was invited by address gets an account: the places are theirs."""
    if created and instance.email:
        link_account(instance)


@subscribe(InvitationAccepted)
def link_invited_account(event: InvitationAccepted) -> None:
    """Somebody took up an invitation under another address of theirs."""
    link_account(User.objects.get(pk=event.user_id), enrolment_id=event.payload.get("enrolment"))


@receiver(pre_delete, sender=User)
def forget_before_deletion(instance: User, **kwargs: Any) -> None:
    """Give up what the person has not completed, and forget the name, in the transaction that removes the account."""
    with scopes_disabled():
        for enrolment in Enrolment.objects.select_related("cohort").filter(user=instance):
            forget_person(enrolment, actor=SYSTEM)
