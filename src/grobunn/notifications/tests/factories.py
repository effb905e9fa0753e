"""Notices for these tests."""

from itertools import count
from typing import Any

from grobunn.accounts.models import User
from grobunn.notifications.addresses import ContactPoint
from grobunn.notifications.models import Notice
from grobunn.notifications.services.notify import notify
from grobunn.organisations.models import Municipality

_numbers = count(1)


def make_notice(
    to: User | ContactPoint,
    *,
    municipality: Municipality,
    kind: str = "tests.answered",
    title: str = "Sykkelparkering",
    thread_key: str = "idea:1",
    key: str = "",
    **options: Any,
) -> Notice:
    return notify(
        kind,
        to=to,
        municipality_id=municipality.pk,
        thread_key=thread_key,
        data={"title": title},
        url="/t/7KQF-M3XD-9TPA",
        key=key or f"key-{next(_numbers)}",
        **options,
    )
