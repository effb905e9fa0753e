"""What the tests of rosters do with a file."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django_scopes import scope

from grobunn.organisations.models import Municipality, RosterUpload, Unit
from grobunn.organisations.services.rosters.plan import Plan
from grobunn.organisations.services.rosters.uploads import (
    apply_roster,
    plan_roster,
)

Kept = Callable[..., RosterUpload]


def applied(upload: RosterUpload) -> Plan:
    return apply_roster(upload, fingerprint=plan_roster(upload).fingerprint, actor=upload.uploaded_by)


def tree(municipality: Municipality) -> dict[str, tuple[str, str, int]]:
    with scope(municipality=municipality.pk):
        units = Unit.objects.exclude(external_id="").select_related("parent")
        return {
            unit.external_id: (unit.name, unit.parent.external_id if unit.parent else "", unit.leader_level)
            for unit in units
        }


def url(name: str, municipality: Municipality, **kwargs: Any) -> str:
    return reverse(f"organisations:{name}", kwargs={"municipality": municipality.slug, **kwargs})
