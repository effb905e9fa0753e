"""Too little capacity, as the API tells it: what is missing, and when it is free."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from grobunn.capacity.errors import CapacityExceeded
from grobunn.kernel.api import problems, refusals

CAPACITY_EXCEEDED = problems.Kind(
    "capacity-exceeded",
    409,
    _("There is not enough capacity left"),
    _("`missing` says of what, `free_from` when all of it is free. Raise it, park it, or take something else out."),
)


def register() -> None:
    """Explain the kind, and tell the refusal in full."""
    problems.register(CAPACITY_EXCEEDED)
    refusals.register(CapacityExceeded, _exceeded)


def _exceeded(request: HttpRequest, error: CapacityExceeded) -> HttpResponse:
    return problems.answer(CAPACITY_EXCEEDED, more=exceeded_fields(error))


def exceeded_fields(error: CapacityExceeded) -> dict[str, Any]:
    """What is missing, and when it is free."""
    return {
        "missing": [
            {
                "source": str(each.source.pk),
                "source_name": each.source.name,
                "unit": each.source.unit.slug,
                "kind": each.source.kind,
                "quarter": each.quarter.code,
                "wanted": float(each.wanted),
                "left": float(each.left),
                "over": float(each.over),
                "missing": float(each.missing),
            }
            for each in error.shortfalls
        ],
        "free_from": error.free_from.code if error.free_from else None,
    }
