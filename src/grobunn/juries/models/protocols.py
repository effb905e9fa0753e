"""The record of a panel, as it was signed."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from grobunn.juries.models.panels import Panel
from grobunn.kernel import clock, ids
from grobunn.organisations.models import Municipality


class Protocol(models.Model):
    """One signed edition: never edited; a decision that is opened again and signed anew is the next edition."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="+")
    edition = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content as canonical JSON.")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    signed_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["Protocol"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["panel", "edition"], name="protocol_edition_once")]
        triggers = [
            pgtrigger.Protect(name="never_edited", operation=pgtrigger.UpdateOf("content", "digest", "signed_at"))
        ]
