"""People, municipalities and notices for these tests."""

from datetime import datetime
from itertools import count
from typing import Any

from grobunn.accounts.models import User
from grobunn.notifications.addresses import ContactPoint
from grobunn.notifications.models import Notice
from grobunn.notifications.services.notify import notify
from grobunn.organisations.models import Municipality

_numbers = count(1)


def make_municipality(**fields: Any) -> Municipality:
    number = next(_numbers)
    return Municipality.objects.create(
        **{"slug": f"kommune-{number}", "name": f"Kommune {number}", "language_form": "nb", **fields}
    )


def make_user(**fields: Any) -> User:
    number = next(_numbers)
    return User.objects.create_user(**{"email": f"person{number}@example.org", "name": f"Person {number}", **fields})


def make_notice(
    to: User | ContactPoint,
    *,
    municipality: Municipality,
    kind: str = "tests.answered",
    title: str = "Sykkelparkering",
    thread_key: str = "idea:1",
    key: str = "",
    not_before: datetime | None = None,
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
        not_before=not_before,
        **options,
    )
