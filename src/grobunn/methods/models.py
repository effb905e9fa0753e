"""A municipality's own methods, with every edition that something may run by."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from grobunn.kernel import clock, ids
from grobunn.organisations.models import Municipality


class OwnMethod(models.Model):
    """A method that a municipality made, or made its own of one that comes with Grobunn."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    key = models.SlugField(max_length=60)
    name = models.CharField(_("name"), max_length=100)
    is_offered = models.BooleanField(default=True, help_text="Whether new work may choose it.")
    edition = models.PositiveIntegerField(default=1, help_text="The latest.")

    objects: ClassVar[models.Manager["OwnMethod"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="own_method_once")]

    def __str__(self) -> str:
        return self.name


class MethodEdition(models.Model):
    """An own method as it stood: never edited."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    method = models.ForeignKey(OwnMethod, on_delete=models.CASCADE, related_name="+")
    edition = models.PositiveIntegerField()
    content = models.JSONField(help_text="As `shapes.read_method` reads it.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["MethodEdition"]] = ScopedManager(municipality="municipality_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["method", "edition"], name="method_edition_once")]
        triggers = [pgtrigger.Protect(name="never_edited", operation=pgtrigger.UpdateOf("content", "edition"))]
