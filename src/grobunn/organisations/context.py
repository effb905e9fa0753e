"""What every template may use of the tenant."""

from django.http import HttpRequest

from grobunn.organisations.models import Municipality


def municipality(request: HttpRequest) -> dict[str, Municipality | None]:
    """`municipality` in templates: the one of the address, or None on pages that belong to none."""
    return {"municipality": getattr(request, "municipality", None)}
