"""Write down when a person wants the mails of each kind."""

from collections.abc import Mapping

from django.db import transaction
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.notifications.kinds import Delivery
from grobunn.notifications.models import Notice, Preference


def choose_deliveries(user: User, chosen: Mapping[str, Delivery]) -> None:
    """Keep a person's choices, by the kind's name.

    Effects: rows; what waits for the daily mail of a kind now turned off leaves it. A mail that waits by itself is
    looked at once more when its turn comes.
    """
    off = [kind for kind, delivery in chosen.items() if delivery == Delivery.OFF]
    with scopes_disabled(), transaction.atomic():
        Preference.objects.bulk_create(
            [Preference(user=user, kind=kind, delivery=delivery) for kind, delivery in chosen.items()],
            update_conflicts=True,
            unique_fields=["user", "kind"],
            update_fields=["delivery"],
        )
        waiting = Notice.objects.filter(recipient=user, kind__in=off, delivery=Delivery.DAILY, mail__isnull=True)
        waiting.update(delivery=Delivery.OFF)
