"""What is cut away from the rows that libraries write about people."""

from typing import Any

from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models.signals import pre_save
from django.dispatch import receiver

from grobunn.accounts import devices

# The unspecified address (RFC 1122 § 3.2.1.3): the column wants one, and we keep none.
NO_ADDRESS = "0.0.0.0"  # noqa: S104 -- nothing is bound to it


@receiver(pre_save, sender=UserSession)
def keep_no_address_of_session(instance: UserSession, **kwargs: Any) -> None:
    """Keep of a session which browser and system it is in, and no network address."""
    instance.ip = NO_ADDRESS
    if instance._state.adding:
        instance.user_agent = devices.described(instance.user_agent)


@receiver(pre_save, sender=SocialAccount)
def keep_no_claims_of_login(instance: SocialAccount, **kwargs: Any) -> None:
    """Keep of a login elsewhere which account it is there, and nothing else that the provider told."""
    instance.extra_data = {}
