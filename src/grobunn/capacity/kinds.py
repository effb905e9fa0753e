"""Kinds of capacity, and what each is counted in. A leaf: models and forms stand on it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What sort of help there is so much of: hours of somebody's work, money, places, or room for change."""

    PROJECT_LEAD = "project_lead", _("Project lead")
    FACILITATOR = "facilitator", _("Facilitator")
    IT = "it", _("IT")
    PROCUREMENT = "procurement", _("Procurement")
    LEGAL = "legal", _("Legal advice")
    COMMUNICATION = "communication", _("Communication")
    MONEY = "money", _("Money")
    PLACES = "places", pgettext_lazy("capacity", "Places")
    CHANGE = "change", pgettext_lazy("capacity", "Room for change")


HOURS = frozenset({Kind.PROJECT_LEAD, Kind.FACILITATOR, Kind.IT, Kind.PROCUREMENT, Kind.LEGAL, Kind.COMMUNICATION})


class Measure(models.TextChoices):
    """What a kind is counted in."""

    HOURS = "hours", _("hours")
    KRONER = "kroner", _("kroner")
    PLACES = "places", pgettext_lazy("capacity unit", "places")
    CHANGES = "changes", pgettext_lazy("capacity unit", "changes at once")


def measure_of(kind: str) -> Measure:
    """What a kind is counted in."""
    if kind in HOURS:
        return Measure.HOURS
    return {Kind.MONEY: Measure.KRONER, Kind.PLACES: Measure.PLACES}.get(Kind(kind), Measure.CHANGES)
